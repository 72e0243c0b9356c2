// Made from the schemas of the API by `script/declare-types`: what the scripts may read of its answers.

type Value = { re: Value; im: Value; } | number | string | (Value)[];

type Patch = Record<string, Record<string, string | number>>;

type Step = { index: number; phase: "forward" | "backward"; kind: "input" | "evaluate" | "seed" | "tangent" | "contribute"; slot: "value" | "tangent" | "adjoint"; node: string; source: string | null; argument: number | null; reads: ({ node: string; slot: "value" | "tangent" | "adjoint"; })[]; rule: string; substituted: string; numbers: (string)[]; aligned: string; parts: ({ name: "upstream" | "differential" | "local" | "contribution" | "tangent" | "product"; latex: string; })[]; sentence: string; result: Value; result_latex: string; patch: Patch; derivation?: (string)[]; upstream?: Value; local?: Value | null; contribution?: Value; contribution_latex?: string; before?: Value | null; terms?: ({ argument: number; tangent: Value; local: Value | null; product: Value; })[]; };

type GraphNode = { id: string; name: string; kind: "input" | "literal" | "operator"; op: string; args: (string)[]; params: Record<string, any>; shape: (number)[]; role: "parameter" | "data" | "label" | "index" | "count" | null; symbol: string; slots: { value: string; tangent: string; adjoint: string; }; latex: string; span: [number, number] | null; active: boolean; opens: string | null; folds: ({ id: string; name: string; })[]; };

type Walk = { version: 1; program: { text: string; latex: string; inputs: Record<string, Value>; defaults: (string)[]; outputs: (string)[]; roles: Record<string, "parameter" | "data" | "label" | "index" | "count">; }; graph: { svg: string; initial: Patch; nodes: ({ id: string; name: string; kind: "input" | "literal" | "operator"; op: string; args: (string)[]; params: Record<string, any>; shape: (number)[]; role: "parameter" | "data" | "label" | "index" | "count" | null; symbol: string; slots: { value: string; tangent: string; adjoint: string; }; latex: string; span: [number, number] | null; active: boolean; opens: string | null; folds: ({ id: string; name: string; })[]; })[]; edges: ({ id: string; from: string; to: string; argument: number; })[]; }; grain: "operator" | "statement"; folds: (string)[]; layout: "gradient" | "jacobian"; mode: "reverse" | "forward"; wrt: (string)[]; seed: Record<string, Value>; output: string | null; steps: (Step)[]; results: { value: Record<string, Value>; tangent?: Record<string, Value>; gradient?: Record<string, Value>; jacobian?: Record<string, Value>; }; cost: { values: number; derivatives: number; }; warnings: ({ message: string; node: string | null; })[]; error?: { kind: string; message: string; hint: string | null; text: string | null; span: [number, number] | null; suggestion: string | null; node: string | null; }; };

type Choice = { program: string; said: string; latex: string | null; };

type Problem = { kind: string; message: string; hint: string | null; text?: string | null; span: [number, number] | null; suggestion?: string | null; alternatives?: ({ program: string; said: string; latex: string | null; })[]; field?: string; excerpt?: (string)[] | null; };

type Jacobian = { of: { id: string; name: string; symbol: string; shape: (number)[]; }; by: { id: string; name: string; symbol: string; shape: (number)[]; }; local: boolean; shape: (number)[]; structure: string; values: any; texts: ((string)[])[]; nonzero: ((boolean)[])[]; rows: (string)[]; columns: (string)[]; sweeps: ({ mode: "forward" | "reverse"; count: number; operations: number; total: number; })[]; pulled?: string; pushed?: string; elements?: ((string | null)[])[]; slices: (string)[]; equations: ((string)[])[]; };

type Closed = { of: { id: string; name: string; symbol: string; shape: (number)[]; }; by: { id: string; name: string; symbol: string; shape: (number)[]; }; formulas: ({ by: { id: string; name: string; symbol: string; shape: (number)[]; }; latex: string; row: string; partial: string; points: number; reason: string | null; rewritings: ({ rule: string; before: string; after: string; })[]; })[]; };

type Paths = { of: { id: string; name: string; symbol: string; shape: (number)[]; }; by: { id: string; name: string; symbol: string; shape: (number)[]; }; count: number; edges: number; listed: ({ nodes: (string)[]; edges: (string)[]; factors: ({ latex: string; worth: string; })[]; chain: string; forward: string; reverse: string; tangents: (string)[]; adjoints: (string)[]; product: string; })[]; total: string | null; sum: string; };

type Listing = { kind: string; filename: string; parameters: (string)[]; lines: ({ text: string; marks: (string)[]; })[]; };

type Verdicts = { passed: boolean; points: number; output: string; verdicts: ({ node: string; name: string; kind: "right" | "fed" | "wrong" | "lucky" | "shape" | "error" | "missing"; sentences: (string)[]; spans: ((number)[])[]; absolute: string | null; relative: string | null; place: (number)[] | null; found: string | null; right: string | null; rules: (string)[]; sum: string; error: Record<string, any> | null; })[]; };

type Read = { program: string; latex: string; notes: (string)[]; way: "typed" | "latex" | "python"; inputs: string; check: { passed: boolean; points: number; output: string; verdicts: ({ node: string; name: string; kind: "right" | "fed" | "wrong" | "lucky" | "shape" | "error" | "missing"; sentences: (string)[]; spans: ((number)[])[]; absolute: string | null; relative: string | null; place: (number)[] | null; found: string | null; right: string | null; rules: (string)[]; sum: string; error: Record<string, any> | null; })[]; } | null; };

type Formula = { latex: string; inputs: (string)[]; outputs: (string)[]; };
