#!/usr/bin/env node
require("../dist/cli/terminal/compileCache.js").keepCompiled();
require("../dist/cli/main.js");
