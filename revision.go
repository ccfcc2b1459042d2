package vigie

import (
	"encoding/json"
	"time"
)

// What a revision is of.
const (
	IncidentRecord = "incident"
	CompanyRecord  = "company"
	WaveRecord     = "wave"
)

// Revision is one save of a record: who, when, why, and the whole body. The
// revisions are the truth of the store, append-only; all else is derived.
type Revision struct {
	ID       string          `json:"id"` // made by the client, so that a repeated write is recognised
	Kind     string          `json:"kind"`
	RecordID string          `json:"record_id"`
	Version  int             `json:"version"` // 1, 2, 3… per record: the optimistic lock
	Author   string          `json:"author"`
	Note     string          `json:"note"` // public: why this was saved
	At       time.Time       `json:"at"`
	Edition  int64           `json:"edition"` // the one it made, or the current one for a draft
	Body     json.RawMessage `json:"body,omitempty"`
	Redacted *Redaction      `json:"redacted,omitempty"`
}

// Signature is who saves and why.
type Signature struct {
	Author string
	Note   string
}

// Redaction is the one lawful way to forget: a body replaced by a marker.
type Redaction struct {
	Reason string    `json:"reason"`
	SHA256 string    `json:"sha256"` // of the body that stood there
	Author string    `json:"author"`
	At     time.Time `json:"at"`
}

// Tombstone tells what became of a case that is no longer shown.
type Tombstone struct {
	ID     string `json:"id"`
	State  State  `json:"state"`
	Into   string `json:"into,omitempty"`
	Reason string `json:"reason,omitempty"`
}
