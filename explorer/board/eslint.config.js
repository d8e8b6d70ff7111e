// The rules of ESLint for the JavaScript of the board.
import js from "@eslint/js"
import globals from "globals"

// What would read a visitor's words as markup.
const MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe"]

export default [
  { ignores: ["js/**/*.d.ts"] },
  js.configs.recommended,
  {
    files: ["js/**/*.js", "loader/*.js"],
    languageOptions: { ecmaVersion: 2022, globals: globals.browser },
    rules: {
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "max-len": ["error", { code: 120, ignoreStrings: true, ignoreTemplateLiterals: true }],
      "no-implicit-coercion": "error",
      "no-restricted-properties": [
        "error",
        ...MARKUP.map(property => ({ property, message: "Words are text nodes." })),
      ],
      "no-shadow": ["error", { allow: ["_"] }],
      "no-unused-expressions": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["js/tests/*.js", "*.js"],
    languageOptions: { globals: globals.node },
    rules: { "no-restricted-properties": "off" },
  },
]
