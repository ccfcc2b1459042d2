package db

import (
	"bytes"
	"os"
)

// Witness is what an engine may do besides: tell cheaply whether anything was
// written, by whichever program, since it was asked before. Equal marks mean that
// nothing was; ok is false when it cannot be told.
type Witness interface {
	Mark() (mark [48]byte, ok bool)
}

// Mark is the header of the index of the write-ahead log, which every commit changes
// before it is acknowledged: by it SQLite itself tells whether what a connection has
// read is still so. It stands there twice, and both are equal but while it is being
// written (SQLite, WAL-mode File Format §2.1). The file is opened each time: another
// may have taken its place. Reading it takes microseconds, a query a hundred.
func (s *sqlite) Mark() (mark [48]byte, ok bool) {
	file, err := os.Open(s.path + "-shm")
	if err != nil {
		return mark, false
	}
	defer file.Close()
	var both [96]byte
	if _, err := file.ReadAt(both[:], 0); err != nil {
		return mark, false
	}
	copy(mark[:], both[:48])
	return mark, bytes.Equal(both[:48], both[48:]) && both[12] == 1 // isInit
}
