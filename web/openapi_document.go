package web

// The parts of an OpenAPI 3.1 document that Vigie uses, under the names of the
// specification (https://spec.openapis.org/oas/v3.1.0).

type openAPI struct {
	OpenAPI    string              `json:"openapi"`
	Info       apiInfo             `json:"info"`
	Servers    []apiServer         `json:"servers"`
	Tags       []apiTag            `json:"tags"`
	Security   []map[string][]any  `json:"security"`
	Paths      map[string]*apiPath `json:"paths"`
	Components apiComponents       `json:"components"`
}

type apiInfo struct {
	Title       string      `json:"title"`
	Summary     string      `json:"summary"`
	Description string      `json:"description"`
	Contact     *apiContact `json:"contact,omitempty"`
	License     apiLicense  `json:"license"`
	Version     string      `json:"version"`
}

type apiContact struct {
	Name  string `json:"name,omitempty"`
	URL   string `json:"url,omitempty"`
	Email string `json:"email,omitempty"`
}

type apiLicense struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type apiServer struct {
	URL         string `json:"url"`
	Description string `json:"description"`
}

type apiTag struct {
	Name        string `json:"name"`
	Description string `json:"description"`
}

type apiPath struct {
	Get  *apiOperation `json:"get,omitempty"`
	Post *apiOperation `json:"post,omitempty"`
	Put  *apiOperation `json:"put,omitempty"`
}

type apiOperation struct {
	ID          string                 `json:"operationId"`
	Tags        []string               `json:"tags"`
	Summary     string                 `json:"summary"`
	Description string                 `json:"description,omitempty"`
	Parameters  []apiParameter         `json:"parameters,omitempty"`
	RequestBody *apiRequestBody        `json:"requestBody,omitempty"`
	Responses   map[string]apiResponse `json:"responses"`
	Security    []map[string][]any     `json:"security,omitempty"`
}

type apiParameter struct {
	Ref         string  `json:"$ref,omitempty"`
	Name        string  `json:"name,omitempty"`
	In          string  `json:"in,omitempty"`
	Required    bool    `json:"required,omitempty"`
	Description string  `json:"description,omitempty"`
	Style       string  `json:"style,omitempty"`
	Explode     *bool   `json:"explode,omitempty"`
	Schema      *schema `json:"schema,omitempty"`
	Example     any     `json:"example,omitempty"`
}

type apiRequestBody struct {
	Description string              `json:"description"`
	Required    bool                `json:"required"`
	Content     map[string]apiMedia `json:"content"`
}

type apiResponse struct {
	Ref         string               `json:"$ref,omitempty"`
	Description string               `json:"description,omitempty"`
	Headers     map[string]apiHeader `json:"headers,omitempty"`
	Content     map[string]apiMedia  `json:"content,omitempty"`
}

type apiHeader struct {
	Ref         string  `json:"$ref,omitempty"`
	Description string  `json:"description,omitempty"`
	Required    bool    `json:"required,omitempty"`
	Schema      *schema `json:"schema,omitempty"`
}

type apiMedia struct {
	Schema  *schema `json:"schema,omitempty"`
	Example any     `json:"example,omitempty"`
}

type apiComponents struct {
	Schemas         map[string]*schema      `json:"schemas"`
	Parameters      map[string]apiParameter `json:"parameters"`
	Headers         map[string]apiHeader    `json:"headers"`
	Responses       map[string]apiResponse  `json:"responses"`
	SecuritySchemes map[string]apiSecurity  `json:"securitySchemes"`
}

type apiSecurity struct {
	Type        string `json:"type"`
	Scheme      string `json:"scheme"`
	Description string `json:"description"`
}

// schema is a JSON Schema (2020-12).
type schema struct {
	Ref         string             `json:"$ref,omitempty"`
	Title       string             `json:"title,omitempty"`
	Description string             `json:"description,omitempty"`
	Type        string             `json:"type,omitempty"`
	Format      string             `json:"format,omitempty"`
	Pattern     string             `json:"pattern,omitempty"`
	Enum        []string           `json:"enum,omitempty"`
	Const       any                `json:"const,omitempty"`
	Minimum     *int64             `json:"minimum,omitempty"`
	Maximum     *int64             `json:"maximum,omitempty"`
	MinLength   int                `json:"minLength,omitempty"`
	MaxLength   *int               `json:"maxLength,omitempty"`
	Items       *schema            `json:"items,omitempty"`
	MinItems    int                `json:"minItems,omitempty"`
	MaxItems    int                `json:"maxItems,omitempty"`
	Properties  map[string]*schema `json:"properties,omitempty"`
	Required    []string           `json:"required,omitempty"`
	Closed      *bool              `json:"additionalProperties,omitempty"`
	AnyOf       []*schema          `json:"anyOf,omitempty"`
	Examples    []any              `json:"examples,omitempty"`
	keys        []string           // of the properties, in the order of the record
}
