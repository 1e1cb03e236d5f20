// What a SCO looks for in the windows above it: the two standards' APIs before one run-time.

/** Arguments as an API gets them from a page: left out means empty, everything else is its string. */
const text = (value) => (value === undefined || value === null ? "" : String(value));

/**
 * The object that SCORM 2004 content looks for: `API_1484_11`. `contacts` are those of the learner's school, which no
 * standard knows (decision 15).
 */
export function api2004(runtime, contacts) {
  return {
    version: "1.0",
    Initialize: (argument) => runtime.call("Initialize", text(argument)),
    Terminate: (argument) => runtime.call("Terminate", text(argument)),
    GetValue: (name) => runtime.getValue(text(name)),
    SetValue: (name, value) => runtime.setValue(text(name), text(value)),
    Commit: (argument) => runtime.call("Commit", text(argument)),
    GetLastError: () => runtime.lastError,
    GetErrorString: (code) => runtime.call("GetErrorString", text(code)),
    GetDiagnostic: (code) => runtime.call("GetDiagnostic", text(code)),
    schoolContacts: contacts,
  };
}

/** The object that SCORM 1.2 content looks for: `API`. */
export function api12(runtime, contacts) {
  return {
    LMSInitialize: (argument) => runtime.call("Initialize", text(argument)),
    LMSFinish: (argument) => runtime.call("Terminate", text(argument)),
    LMSGetValue: (name) => runtime.getValue(text(name)),
    LMSSetValue: (name, value) => runtime.setValue(text(name), text(value)),
    LMSCommit: (argument) => runtime.call("Commit", text(argument)),
    LMSGetLastError: () => runtime.lastError,
    LMSGetErrorString: (code) => runtime.call("GetErrorString", text(code)),
    LMSGetDiagnostic: (code) => runtime.call("GetDiagnostic", text(code)),
    schoolContacts: contacts,
  };
}
