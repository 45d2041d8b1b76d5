package dev.optr.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How a family of languages writes comments and texts in quotes, by the name of a file.
 *
 * @param line what begins a comment that ends with its line
 * @param blocks what begins a comment or a text of several lines, and what ends it
 * @param words everything is words, as in a page of documentation; nothing else is then looked at
 * @param certain false where nobody knows the language
 */
record CommentStyle(List<String> line, Map<String, String> blocks, boolean words, boolean certain) {
  CommentStyle {
    line = List.copyOf(line);
    blocks = Map.copyOf(blocks);
  }

  private static final CommentStyle SLASHES =
      code(List.of("//"), Map.of("/*", "*/", "\"\"\"", "\"\"\"", "`", "`"));
  private static final CommentStyle HASH =
      code(List.of("#"), Map.of("\"\"\"", "\"\"\"", "'''", "'''", "=begin", "=end"));
  private static final CommentStyle BOTH = code(List.of("//", "#"), Map.of("/*", "*/"));
  private static final CommentStyle DASHES =
      code(List.of("--"), Map.of("/*", "*/", "{-", "-}", "--[[", "]]"));
  private static final CommentStyle SEMICOLON = code(List.of(";"), Map.of("#|", "|#"));
  private static final CommentStyle PERCENT = code(List.of("%"), Map.of());
  private static final CommentStyle WORDS =
      new CommentStyle(List.of(), Map.of("<!--", "-->"), true, true);
  private static final CommentStyle UNKNOWN =
      new CommentStyle(List.of(), Map.of("<!--", "-->"), true, false);

  private static final Map<String, CommentStyle> BY_ENDING = byEnding();
  private static final Set<String> HASH_NAMES =
      Set.of("makefile", "dockerfile", "gemfile", "rakefile", "jenkinsfile", "justfile");

  static CommentStyle of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (HASH_NAMES.contains(name)) {
      return HASH;
    }
    CommentStyle found = BY_ENDING.get(name.substring(name.lastIndexOf('.') + 1));
    return found == null || name.indexOf('.') < 0 ? UNKNOWN : found;
  }

  private static CommentStyle code(List<String> line, Map<String, String> blocks) {
    return new CommentStyle(line, blocks, false, true);
  }

  private static Map<String, CommentStyle> byEnding() {
    Map<String, CommentStyle> styles = new TreeMap<>();
    put(
        styles,
        SLASHES,
        "java kt kts scala groovy gradle c h cc cpp cxx hh hpp cs js jsx mjs cjs ts tsx mts cts go"
            + " rs swift dart proto css scss less m mm zig vala d jsonc json5");
    put(
        styles,
        HASH,
        "py pyi rb sh bash zsh fish yml yaml toml pl pm r mk ini cfg conf properties");
    put(styles, HASH, "ex exs jl nim ps1 psm1 cmake awk sed env json");
    put(styles, BOTH, "php tf hcl");
    put(styles, DASHES, "sql lua hs elm ada adb ads vhd vhdl");
    put(styles, SEMICOLON, "lisp el clj cljs cljc scm rkt asm");
    put(styles, PERCENT, "erl hrl tex");
    put(styles, WORDS, "md markdown txt rst adoc html htm xhtml xml svg vue csv tsv");
    return styles;
  }

  private static void put(Map<String, CommentStyle> styles, CommentStyle style, String endings) {
    Stream.of(endings.split(" ")).forEach(ending -> styles.put(ending, style));
  }
}
