package dev.optr.evidence;

import dev.optr.base.Glob;
import dev.optr.base.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What no path may touch: a built-in list, what the workflow file adds, without what it lifts.
 * Paths are compared as the most forgiving file system would ({@link FoldedPath}).
 *
 * @param rules in the order in which they are looked at
 * @param lockFiles names of lock files that need their manifest
 * @param lifted built-in entries that the workflow file lifted, as it wrote them
 */
record ProtectedPaths(List<Rule> rules, Set<String> lockFiles, List<String> lifted) {
  private static final String ANYWHERE = "**/";

  /** Never lifted: the ledger's integrity and the policy itself hang on them. */
  private static final List<String> FIXED =
      List.of("datalake/**", "workflow-optr.yaml", ".github/workflow-optr.yaml");

  private static final List<String> BUILT_IN =
      List.of(
          ".github/**",
          // Instructions and settings of agents, which would steer the next run.
          "**/AGENTS.md",
          "**/AGENTS.override.md",
          "**/AGENT.md",
          "**/CLAUDE.md",
          "**/CLAUDE.local.md",
          "**/GEMINI.md",
          "**/QWEN.md",
          "**/copilot-instructions.md",
          "**/*.instructions.md",
          "**/.agents/**",
          "**/.claude/**",
          "**/.codex/**",
          "**/.copilot/**",
          "**/.gemini/**",
          "**/.cursor/**",
          "**/.cursorrules",
          "**/.windsurf/**",
          "**/.windsurfrules",
          "**/.clinerules/**",
          "**/.roo/**",
          "**/.junie/**",
          "**/.kiro/**",
          "**/.amazonq/**",
          "**/.continue/**",
          "**/.opencode/**",
          "**/.aider.conf.yml",
          "**/.mcp.json",
          "**/.vscode/mcp.json",
          // What git or a hook runner obeys on every machine that checks the tree out.
          "**/.gitattributes",
          "**/.gitmodules",
          "**/.lfsconfig",
          "**/.githooks/**",
          "**/.husky/**",
          "**/.pre-commit-config.yaml",
          "**/lefthook.yml",
          "**/.lefthook.yml");

  ProtectedPaths {
    rules = List.copyOf(rules);
    lockFiles = Set.copyOf(lockFiles);
    lifted = List.copyOf(lifted);
  }

  /**
   * @param pattern as it is shown
   * @param folded as it is compared
   */
  record Rule(String pattern, Glob folded) {
    static Rule of(String pattern) {
      return new Rule(pattern, Glob.of(FoldedPath.of(pattern)));
    }
  }

  /**
   * @param workflowFiles paths of the workflow file in this repository, none where it lies outside
   * @param configured the member {@code protected}: globs, with a leading {@code !} to lift a
   *     built-in entry
   * @throws UserException where something is lifted that is not built in or must stay
   */
  static ProtectedPaths of(List<String> workflowFiles, List<String> configured) {
    List<String> lifted = configured.stream().filter(entry -> entry.startsWith("!")).toList();
    List<String> names = lifted.stream().map(entry -> entry.substring(1)).toList();
    refuseUnknown(names);
    List<String> patterns = new ArrayList<>(FIXED);
    patterns.addAll(workflowFiles);
    BUILT_IN.stream().filter(pattern -> !isNamed(pattern, names)).forEach(patterns::add);
    configured.stream().filter(entry -> !entry.startsWith("!")).forEach(patterns::add);
    Set<String> lockFiles = new TreeSet<>(LockFiles.names());
    lockFiles.removeIf(name -> isNamed(ANYWHERE + name, names));
    return new ProtectedPaths(
        patterns.stream().distinct().map(Rule::of).toList(), lockFiles, names);
  }

  /**
   * The rule that forbids to touch a path, for people; empty where it may be touched.
   *
   * @param touched folded paths of everything that the same change touches
   */
  Optional<String> ruleAgainst(String path, Set<String> touched) {
    String folded = FoldedPath.of(path);
    Optional<String> rule =
        rules.stream()
            .filter(candidate -> candidate.folded().matches(folded))
            .findFirst()
            .map(candidate -> "is protected by '" + candidate.pattern() + "'");
    return rule.or(() -> lockFileRule(folded, touched));
  }

  private Optional<String> lockFileRule(String folded, Set<String> touched) {
    String name = folded.substring(folded.lastIndexOf('/') + 1);
    return lockFiles.stream()
        .filter(lockFile -> FoldedPath.of(lockFile).equals(name))
        .filter(lockFile -> !LockFiles.manifestTouched(lockFile, folded, touched))
        .findFirst()
        .map(lockFile -> "is a lock file that changed without its manifest ('" + lockFile + "')");
  }

  private static void refuseUnknown(List<String> names) {
    List<String> builtIn =
        Stream.concat(BUILT_IN.stream(), LockFiles.names().stream().map(ANYWHERE::concat)).toList();
    List<String> errors =
        names.stream()
            .filter(name -> builtIn.stream().noneMatch(pattern -> isNamed(pattern, List.of(name))))
            .map(
                name ->
                    "protected: '!"
                        + name
                        + "' lifts nothing: the built-in entries that can be lifted are "
                        + String.join(" ", builtIn))
            .toList();
    if (!errors.isEmpty()) {
      throw new UserException(errors);
    }
  }

  /** An entry is named by its whole pattern, or without the leading {@code **}{@code /}. */
  private static boolean isNamed(String pattern, List<String> names) {
    return names.contains(pattern)
        || (pattern.startsWith(ANYWHERE) && names.contains(pattern.substring(ANYWHERE.length())));
  }
}
