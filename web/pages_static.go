package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// StaticPath is where the stylesheet, the script and the images are served.
const StaticPath = "/static/"

// static is the files of static/, by the name they have in addresses: their own with
// a part of their hash, so that a change has a new address.
type static struct {
	files map[string]staticFile
	names map[string]string // vigie.css → vigie.1a2b3c4d5e.css
}

type staticFile struct {
	body []byte
	kind string
}

var staticKinds = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".png": "image/png", // readers of feeds draw no SVG
	".svg": "image/svg+xml",
}

func readStatic(files fs.FS) (*static, error) {
	st := &static{files: map[string]staticFile{}, names: map[string]string{}}
	entries, err := fs.ReadDir(files, "static")
	if err != nil {
		return nil, fmt.Errorf("listing the static files: %w", err)
	}
	for _, e := range entries {
		body, err := fs.ReadFile(files, path.Join("static", e.Name()))
		if err != nil {
			return nil, fmt.Errorf("reading a static file: %w", err)
		}
		ext := path.Ext(e.Name())
		kind, ok := staticKinds[ext]
		if !ok {
			return nil, fmt.Errorf("static/%s: no media type is known for %q", e.Name(), ext)
		}
		sum := sha256.Sum256(body)
		name := strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:5]) + ext
		st.files[name] = staticFile{body, kind}
		st.names[e.Name()] = name
	}
	return st, nil
}

func (st *static) address(name string) (string, error) {
	hashed, ok := st.names[name]
	if !ok {
		return "", fmt.Errorf("no static file %q", name)
	}
	return StaticPath + hashed, nil
}

// StaticAddress is where a static file is, without host: /static/icon.1a2b3c4d5e.png.
// A name that is none of ours is a fault of the program.
func (web *Web) StaticAddress(name string) string {
	address, err := web.static.address(name)
	if err != nil {
		panic(err)
	}
	return address
}

// Static serves the files under /static/. Their names change when they do, so they
// may be kept for ever; an old name is not found.
func (web *Web) Static() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file, ok := web.static.files[strings.TrimPrefix(r.URL.Path, StaticPath)]
		if !ok {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", file.kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Length", fmt.Sprint(len(file.body)))
		if r.Method != http.MethodHead {
			_, _ = w.Write(file.body) // on an error the visitor went away
		}
	})
}
