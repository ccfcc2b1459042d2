package web

import (
	"net/url"
	"strconv"

	"vigie"
)

// The address of every noun, without host. Ids are made by us of letters, digits
// and hyphens, but are escaped all the same.

// PagePath puts a page under its language: /fr + /incidents.
func PagePath(lang vigie.Lang, path string) string { return "/" + string(lang) + path }

// IncidentPath is the address of a case.
func IncidentPath(id string) string { return "/incidents/" + url.PathEscape(id) }

// StatementPath is the address of a statement in the page of its case.
func StatementPath(incident, id string) string {
	return IncidentPath(incident) + "#" + url.PathEscape(id)
}

// VersionPath is the permanent address of a case as it was at a version.
func VersionPath(id string, version int) string {
	return IncidentPath(id) + "?version=" + strconv.Itoa(version)
}

// HistoryPath is the address of the history of a case.
func HistoryPath(id string) string { return IncidentPath(id) + "/history" }

// ComparePath is the address that compares two versions of a case.
func ComparePath(id string, from, to int) string {
	return HistoryPath(id) + "?from=" + strconv.Itoa(from) + "&to=" + strconv.Itoa(to)
}

// CompanyPath is the address of a company.
func CompanyPath(id string) string { return "/companies/" + url.PathEscape(id) }

// WavePath is the address of a campaign.
func WavePath(id string) string { return "/waves/" + url.PathEscape(id) }

// CandidatePath is the address of a candidate at the desk.
func CandidatePath(id string) string { return "/desk/candidates/" + url.PathEscape(id) }

// RunPath is the address of an import at the desk.
func RunPath(id string) string { return RunsPath + "/" + url.PathEscape(id) }

// EditPath is the address of the form of a case; the empty id is a new case.
func EditPath(id string) string {
	if id == "" {
		return "/desk/new"
	}
	return "/desk/incidents/" + url.PathEscape(id)
}

// ActionsPath is the address of what may be done to a whole case.
func ActionsPath(id string) string { return EditPath(id) + "/actions" }

// CheckedPath is where "checked today, nothing new" is posted.
func CheckedPath(id string) string { return EditPath(id) + "/checked" }

// HoldingPath is the address of the form of a company or a wave; the empty id is a new one.
func HoldingPath(kind, id string) string {
	path := DeskCompaniesPath
	if kind == vigie.WaveRecord {
		path = DeskWavesPath
	}
	if id == "" {
		return path + "/new"
	}
	return path + "/edit/" + url.PathEscape(id)
}

// The addresses that have no noun.
const (
	HomePath        = "/"
	IncidentsPath   = "/incidents"
	CompaniesPath   = "/companies"
	WavesPath       = "/waves"
	TimelinePath    = "/timeline"
	CorrectionsPath = "/corrections"
	AboutPath       = "/about"
	CreditsPath     = "/credits"
	HelpPath        = "/help"
	FeedsPath       = "/feeds"
	APIPath         = "/api"
	DumpPath        = "/dump" // its files are under it: /dump/vigie.sqlite
	OpenAPIPath     = "/openapi.json"
	OPMLPath        = "/opml"
	SitemapPath     = "/sitemap.xml"
	LLMsPath        = "/llms.txt"
	DeskPath        = "/desk"
	CasesPath       = "/desk/incidents"
	RunsPath        = "/desk/runs"
	CarePath        = "/desk/care"
	PreviewPath     = "/desk/preview" // by POST

	DeskCompaniesPath = "/desk/companies"
	DeskWavesPath     = "/desk/waves"

	SignInPath  = "/desk/sign-in"
	SignOutPath = "/desk/sign-out" // by POST
)
