package vigie

// Validate finds every problem of the case at once. Those that are not warnings
// stop a save.
func (in *Incident) Validate() Problems { return nil }

// Validate finds every problem of the company at once.
func (c *Company) Validate() Problems { return nil }

// Validate finds every problem of the wave at once.
func (w *Wave) Validate() Problems { return nil }
