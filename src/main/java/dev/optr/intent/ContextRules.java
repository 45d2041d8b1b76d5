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

  private final List<Glob> scope;
  private final Exclusion shared;

  private ContextRules(List<Glob> scope, Exclusion shared) {
    this.scope = scope;
    this.shared = shared;
  }

  public static ContextRules of(Workflow workflow) {
    return new ContextRules(globs(workflow.scope()), new Exclusion(globs(workflow.exclude())));
  }

  /** The built-in list, never shown whatever the workflow file says; compared without case. */
  public static List<String> builtIn() {
    return Sensitive.PATTERNS;
  }

  /** Paths that agents see, as far as all of them see the same. */
  public Predicate<String> visible() {
    return path -> !isTooDeep(path) && !isDatalake(path) && inScope(path) && !hidden(path);
  }

  /** Paths that this agent sees: those of all without its own {@code context.exclude}. */
  public Predicate<String> visibleTo(AgentSpec agent) {
    Exclusion own = new Exclusion(globs(agent.exclude()));
    return visible().and(path -> !own.covers(path));
  }

  /** True where the workflow's {@code scope} takes the path; an absent scope takes every path. */
  public boolean inScope(String path) {
    return scope.isEmpty() || scope.stream().anyMatch(glob -> glob.matches(path));
  }

  private boolean hidden(String path) {
    return Sensitive.matches(path) || shared.covers(path);
  }

  private static boolean isTooDeep(String path) {
    return path.chars().filter(c -> c == '/').limit(DEEPEST + 1).count() > DEEPEST;
  }

  private static boolean isDatalake(String path) {
    return path.equals("datalake") || path.startsWith("datalake/");
  }

  private static List<Glob> globs(List<String> patterns) {
    return patterns.stream().map(Glob::of).toList();
  }

  /** Patterns against a path and all directories above it, each directory looked at once. */
  private static final class Exclusion {
    private final List<Glob> patterns;
    private final Map<String, Boolean> directories = new ConcurrentHashMap<>();

    Exclusion(List<Glob> patterns) {
      this.patterns = patterns;
    }

    boolean covers(String path) {
      if (patterns.isEmpty()) {
        return false;
      }
      for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
        if (directories.computeIfAbsent(path.substring(0, end), this::matches)) {
          return true;
        }
      }
      return matches(path);
    }

    private boolean matches(String path) {
      return patterns.stream().anyMatch(glob -> glob.matches(path));
    }
  }
}
