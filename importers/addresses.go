package importers

import (
	"net/url"
	"strings"
)

// trackers are query parameters that say where a reader came from, not what is
// read. One that ends in _ stands for all that begin so.
var trackers = []string{"utm_", "at_", "mc_", "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "xtor", "cmpid", "ref_src", "spm", "ns_campaign", "ns_mchannel", "_hsenc", "_hsmi", "mkt_tok", "wt_mc", "__twitter_impression"}

// CanonicalURL is an address without trackers, fragment or needless port, its
// host in lower case; "" for what is no address of the web.
func CanonicalURL(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	u.Host = strings.ToLower(u.Host)
	u.Host = strings.TrimSuffix(u.Host, map[string]string{"http": ":80", "https": ":443"}[u.Scheme])
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil { // ?id=1;2 and ?id=3;4 are two pages, whatever a form makes of them
		return u.String()
	}
	for name := range q {
		for _, t := range trackers {
			if lower := strings.ToLower(name); lower == t || (strings.HasSuffix(t, "_") && strings.HasPrefix(lower, t)) {
				q.Del(name)
			}
		}
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// onHidden tells whether an address is of a hidden service, or of a gateway to one.
func onHidden(address string) bool {
	u, err := url.Parse(address)
	return err == nil && hidden(u.Host)
}

// sameSite tells whether two hosts are of one site: the same, or one under the
// other.
func sameSite(a, b string) bool {
	a, b = strings.TrimPrefix(strings.ToLower(a), "www."), strings.TrimPrefix(strings.ToLower(b), "www.")
	return a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a)
}
