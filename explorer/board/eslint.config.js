import js from "@eslint/js"
import globals from "globals"

export default [
  { ignores: ["js/**/*.d.ts"] },
  js.configs.recommended,
  {
    files: ["js/**/*.js"],
    languageOptions: { ecmaVersion: 2022, globals: globals.browser },
    rules: {
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "max-len": ["error", { code: 120, ignoreStrings: true, ignoreTemplateLiterals: true }],
      "no-implicit-coercion": "error",
      "no-shadow": ["error", { allow: ["_"] }],
      "no-unused-expressions": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  { files: ["js/tests/*.js", "*.js"], languageOptions: { globals: globals.node } },
]
