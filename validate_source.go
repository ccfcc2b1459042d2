package vigie

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"
)

var (
	sourcePattern = regexp.MustCompile(`^r[1-9]\d*$`)
	sha256Pattern = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

func checkSources(i *inspection, in *Incident) {
	byID, byPlace := map[string]int{}, map[string]int{}
	for n := range in.Sources {
		src := &in.Sources[n]
		path := at("sources", n)
		if !sourcePattern.MatchString(src.ID) {
			i.blocks(path+".id", "malformed", "l’identifiant d’une source est r1, r2…", "the id of a source is r1, r2…")
		} else if m, taken := byID[src.ID]; taken {
			i.blocks(path+".id", "repeated", fmt.Sprintf("%s est déjà l’identifiant de la source n° %d : en prendre un nouveau", src.ID, m+1),
				fmt.Sprintf("%s is already the id of source no. %d: take a new one", src.ID, m+1))
		} else {
			byID[src.ID] = n
		}
		if place := src.place(); place != "" {
			if m, twice := byPlace[place]; twice {
				i.blocks(path, "repeated", fmt.Sprintf("c’est la même source que la n° %d : n’en garder qu’une", m+1), fmt.Sprintf("this is the same source as no. %d: keep one", m+1))
			} else {
				byPlace[place] = n
			}
		}
		checkSource(i, path, src)
	}
}

func checkSource(i *inspection, path string, src *Source) {
	if src.URL == "" && (strings.TrimSpace(src.Publisher) == "" || strings.TrimSpace(src.Title) == "") {
		i.blocks(path+".url", "missing", "donner l’adresse de la source, ou son éditeur et son titre", "give the address of the source, or its publisher and title")
	}
	i.address(path+".url", src.URL)
	i.address(path+".archive", src.Archive)
	i.date(path+".published", src.Published)
	i.language(path+".lang", src.Lang)
	i.code(path+".kind", "source_kind", src.Kind)
	i.needed(path+".seen", "seen", string(src.Seen))
	if src.Retrieved != "" {
		if t, err := time.Parse(time.RFC3339, src.Retrieved); err != nil || !strings.HasSuffix(src.Retrieved, "Z") || t.IsZero() {
			i.blocks(path+".retrieved", "malformed", "l’instant de la copie s’écrit 2024-09-16T10:00:00Z", "the time of the copy is written 2024-09-16T10:00:00Z")
		}
	}
	if src.SHA256 != "" && !sha256Pattern.MatchString(src.SHA256) {
		i.blocks(path+".sha256", "malformed", "l’empreinte a 64 chiffres hexadécimaux en minuscules", "the hash has 64 hexadecimal digits in small letters")
	}
	if src.SHA256 != "" && src.Retrieved == "" {
		i.blocks(path+".retrieved", "missing", "une empreinte va avec l’instant de la copie", "a hash goes with the time of the copy")
	}
}

// address checks that an address can be opened by a reader and follows nobody.
func (i *inspection) address(path, address string) {
	if address == "" {
		return
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || strings.ContainsAny(address, " \t\r\n") {
		i.blocks(path, "malformed", "écrire l’adresse entière, qui commence par https:// ou http://", "write the whole address, beginning with https:// or http://")
		return
	}
	if strings.HasSuffix(strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")), ".onion") {
		i.blocks(path, "onion", "une adresse .onion ne se publie pas : nommer le site de fuite comme éditeur, et donner un titre",
			"an .onion address is not published: name the leak site as the publisher, and give a title")
	}
	if len(matching(emailPattern, nil)(u.Path+" "+u.RawQuery)) > 0 {
		i.blocks(path, "personal_data", "l’adresse contient une adresse e-mail : l’enlever", "there is an e-mail address in the address: take it out")
	}
	for _, name := range sortedKeys(u.Query()) {
		if IsTracker(name) {
			i.blocks(path, "tracker", fmt.Sprintf("enlever de l’adresse « %s », qui ne sert qu’à suivre les lecteurs", shown(name)),
				fmt.Sprintf("take %q off the address: it only follows readers about", shown(name)))
		}
	}
}

// place is what makes two sources one: the address, whatever its scheme, www and
// final slash; without one, publisher and title.
func (src *Source) place() string {
	if src.URL == "" {
		if src.Publisher == "" || src.Title == "" {
			return ""
		}
		return Fold(src.Publisher) + "\n" + Fold(src.Title)
	}
	_, rest, _ := strings.Cut(src.URL, "://")
	host, path, _ := strings.Cut(rest, "/")
	return strings.TrimPrefix(strings.ToLower(host), "www.") + "/" + strings.TrimSuffix(path, "/")
}
