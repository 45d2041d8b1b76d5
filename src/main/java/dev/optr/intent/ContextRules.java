package dev.optr.intent;

import dev.optr.base.Glob;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * What of the frozen tree agents may see. A pattern that matches a directory hides all that is in
 * it. Promise: a path that the built-in list or the workflow's {@code context.exclude} names, or
 * that lies outside of {@code scope}, in {@code datalake} or deeper than 128 directories, is
 * visible to no agent.
 */
public final class ContextRules {
  // Every directory above a path is looked at and remembered, which a hostile tree could make dear.
  private static final int DEEPEST = 128;

  private final Predicate<String> scope;
  private final Exclusion shared;

  private ContextRules(Predicate<String> scope, Exclusion shared) {
    this.scope = scope;
    this.shared = shared;
  }

  public static ContextRules of(Workflow workflow) {
    Predicate<String> excluded = anyOf(workflow.exclude());
    return new ContextRules(
        workflow.scope().isEmpty() ? _ -> true : anyOf(workflow.scope()),
        new Exclusion(path -> Sensitive.matches(path) || excluded.test(path)));
  }

  /** The built-in list, never shown whatever the workflow file says; compared without case. */
  public static List<String> builtIn() {
    return Sensitive.PATTERNS;
  }

  /** Paths that agents see, as far as all of them see the same. */
  public Predicate<String> visible() {
    return path -> !isTooDeep(path) && !isDatalake(path) && inScope(path) && !shared.covers(path);
  }

  /** Paths that this agent sees: those of all without its own {@code context.exclude}. */
  public Predicate<String> visibleTo(AgentSpec agent) {
    Exclusion own = new Exclusion(anyOf(agent.exclude()));
    return visible().and(path -> !own.covers(path));
  }

  /** True where the workflow's {@code scope} takes the path; an absent scope takes every path. */
  public boolean inScope(String path) {
    return scope.test(path);
  }

  private static boolean isTooDeep(String path) {
    // Most paths are too short for that; of 100,000 each is asked once per lane.
    return path.length() > DEEPEST && path.chars().filter(c -> c == '/').count() > DEEPEST;
  }

  private static boolean isDatalake(String path) {
    return path.equals("datalake") || path.startsWith("datalake/");
  }

  private static Predicate<String> anyOf(List<String> patterns) {
    List<Glob> globs = patterns.stream().map(Glob::of).toList();
    return path -> {
      for (Glob glob : globs) {
        if (glob.matches(path)) {
          return true;
        }
      }
      return false;
    };
  }

  /** A rule for a path or any directory above it; each directory is looked at once. */
  private static final class Exclusion {
    private final Predicate<String> rule;
    private final Map<String, Boolean> directories = new ConcurrentHashMap<>();

    Exclusion(Predicate<String> rule) {
      this.rule = rule;
    }

    boolean covers(String path) {
      return rule.test(path)
          || coversDirectory(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
    }

    private boolean coversDirectory(String directory) {
      if (directory.isEmpty()) {
        return false;
      }
      Boolean known = directories.get(directory);
      if (known != null) {
        return known;
      }
      boolean covered = covers(directory);
      directories.put(directory, covered);
      return covered;
    }
  }
}
