package main

import (
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// networks are the addresses and the networks of a setting.
func networks(list []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range list {
		network, err := netip.ParsePrefix(s)
		if ip, fault := netip.ParseAddr(s); fault == nil {
			network, err = ip.Prefix(ip.BitLen())
		}
		if err != nil {
			return nil, fmt.Errorf("--proxy %s: it is no address (192.0.2.1) and no network (192.0.2.0/24)", s)
		}
		out = append(out, network.Masked())
	}
	return out, nil
}

// caller is the address that a request comes from, for the gates only: it is kept
// nowhere. Anybody may write X-Forwarded-For, so it is read only of a connection of one of our own
// proxies, from its end, where they write, and no further than the first that is none of them.
func (s *Server) caller(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	ours := func(ip netip.Addr) bool {
		return slices.ContainsFunc(s.proxies, func(network netip.Prefix) bool { return network.Contains(ip) })
	}
	ip := at.Addr().Unmap()
	through := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",") // a proxy may add to the line or add a line
	for i := len(through) - 1; i >= 0 && ours(ip); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(through[i]))
		if err != nil {
			break
		}
		ip = before.Unmap()
	}
	return ip.String()
}
