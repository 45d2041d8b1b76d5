package dev.optr.workflow;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Names that the file gives, and those of the outside world that it may mention. */
final class Names {
  /** Checks that every candidate goes through; no condition may take their ids. */
  static final Set<String> BUILT_IN_CHECKS =
      Set.of("patch-applies", "paths-allowed", "no-secrets", "non-interference");

  private static final Pattern SHORT = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
  private static final Pattern WORKFLOW =
      Pattern.compile("(?!.*\\.\\.)(?!.*-pr-[0-9]+$)[a-z0-9][a-z0-9._-]{0,47}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  // Our own token and signing key must never be sent to a provider, and what a program gets under
  // the name of its credential must not stand for what it gets anyway, or load code into it.
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?!(GITHUB_TOKEN|GH_TOKEN|OPTR_SIGNING_KEY|PATH|HOME|LANG|TMPDIR)$"
              + "|ACTIONS_|INPUT_|LD_|DYLD_)"
              + VARIABLE.pattern());

  // Candidate code must never see a credential.
  private static final Pattern PASSED_ON =
      Pattern.compile(
          "(?!(GITHUB_TOKEN|GH_TOKEN|OPTR_SIGNING_KEY|OPENAI_API_KEY|ANTHROPIC_API_KEY"
              + "|COPILOT_GITHUB_TOKEN|DIRECT_LINE_SECRET|MICROSOFT_TENANT_ID|MICROSOFT_CLIENT_ID"
              + "|MICROSOFT_CLIENT_SECRET|MICROSOFT_TOKEN)$|ACTIONS_|INPUT_)"
              + VARIABLE.pattern());

  static final Shape<String> WORKFLOW_NAME =
      Shapes.matching(
          WORKFLOW, "[a-z0-9][a-z0-9._-]{0,47} without '..' and not ending in '-pr-' and a number");

  static final Shape<String> CREDENTIAL_NAME =
      Shapes.matchingUnseen(
          CREDENTIAL,
          "the name of the environment variable that holds the agent's own credential"
              + " (no INPUT_, no ACTIONS_, no token or signing key of ours, nothing that every"
              + " program gets)");

  static final Shape<String> PASSED_VARIABLE =
      Shapes.matchingUnseen(
          PASSED_ON, "the name of an environment variable that holds no credential of ours");

  private final Shape<String> shape;
  private final String what;
  private final Set<String> reserved;
  private final Set<String> taken = new HashSet<>();

  private Names(String what, Set<String> reserved) {
    this.what = what;
    this.reserved = reserved;
    this.shape = Shapes.matching(SHORT, "[a-z0-9][a-z0-9_-]{0,31}");
  }

  static Names ofAgents() {
    return new Names("name", Set.of("head"));
  }

  /** One name space for constraints and invariants: a check is looked up by its id alone. */
  static Names ofConditions() {
    return new Names("id of a constraint or invariant", BUILT_IN_CHECKS);
  }

  /** A name that is new here. */
  Shape<String> fresh() {
    return place ->
        shape
            .read(place)
            .filter(
                name -> {
                  if (reserved.contains(name)) {
                    place.report("a " + what + " that is not reserved");
                  }
                  return !reserved.contains(name);
                })
            .filter(
                name -> {
                  if (!taken.add(name)) {
                    place.report("a " + what + " that is not taken");
                    return false;
                  }
                  return true;
                });
  }

  /** Takes a name that the file does not write. */
  boolean take(String name) {
    return taken.add(name);
  }
}
