package importers

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// tableText reads a table as UTF-8, as it comes: a byte order mark says which
// Unicode it is; without one it is UTF-8, and any byte that is not is taken for
// Windows-1252, which spreadsheets write (it holds all of Latin-1's letters).
func tableText(in io.Reader) *bufio.Reader {
	return bufio.NewReaderSize(transform.NewReader(in, unicode.BOMOverride(mended{})), 64<<10)
}

// mended passes UTF-8 through, and reads other bytes as Windows-1252.
type mended struct{ transform.NopResetter }

func (mended) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		r, size := utf8.DecodeRune(src[nSrc:])
		if r == utf8.RuneError && size <= 1 {
			if !atEOF && !utf8.FullRune(src[nSrc:]) {
				return nDst, nSrc, transform.ErrShortSrc
			}
			r = charmap.Windows1252.DecodeByte(src[nSrc])
		}
		if nDst+utf8.RuneLen(r) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, nil
}

// separator is what parts the columns: the likeliest in the first line.
func separator(in *bufio.Reader) rune {
	head, _ := in.Peek(16 << 10)
	line := string(head)
	best, most := ',', 0
	for _, sep := range []rune{',', ';', '\t', '|'} {
		n := 0
		quoted := false
		for _, r := range line {
			if r == '"' {
				quoted = !quoted
			}
			if !quoted && r == sep {
				n++
			}
			if !quoted && r == '\n' && strings.TrimSpace(line) != "" {
				break
			}
		}
		if n > most {
			best, most = sep, n
		}
	}
	return best
}
