package dev.optr.workflow;

import dev.optr.base.Bytes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The workflow file as values, defaults filled in (docs/workflow-file.md says what each means).
 *
 * @param name becomes {@code {workflow}} in the datalake's paths
 * @param intent used where the event brings none
 * @param quorum fewest lanes that must have proposed or declined
 * @param protectedPaths globs added to the built-in list; a leading {@code !} lifts a built-in one
 * @param exclude globs never shown to any agent, added to a built-in list
 * @param scope globs of what agents see and may change; empty = everything
 * @param isolation null = required in Actions, best-effort elsewhere
 * @param source the file byte for byte
 * @param policyDigest SHA-256 of {@code source}
 */
public record Workflow(
    String name,
    @Nullable String intent,
    Execution execution,
    Serial serial,
    int quorum,
    Trigger trigger,
    List<Constraint> constraints,
    List<Invariant> invariants,
    List<String> protectedPaths,
    List<String> exclude,
    List<String> scope,
    @Nullable Isolation isolation,
    List<AgentSpec> agents,
    Budget budget,
    Map<String, Price> prices,
    Review review,
    Optr optr,
    LedgerSettings ledger,
    List<String> nonInterferenceBranches,
    Report report,
    boolean anchorTag,
    List<String> compliance,
    Gate gate,
    Execute execute,
    Anchor anchor,
    Drafts drafts,
    Transcripts transcripts,
    boolean auditable,
    Bytes source,
    String policyDigest) {

  public Workflow {
    constraints = List.copyOf(constraints);
    invariants = List.copyOf(invariants);
    protectedPaths = List.copyOf(protectedPaths);
    exclude = List.copyOf(exclude);
    scope = List.copyOf(scope);
    agents = List.copyOf(agents);
    prices = Map.copyOf(prices);
    nonInterferenceBranches = List.copyOf(nonInterferenceBranches);
    compliance = List.copyOf(compliance);
  }

  public enum Execution {
    PARALLEL,
    SERIAL
  }

  public record Serial(Stop stop, Order order, Share share) {
    public enum Stop {
      FIRST_ADMISSIBLE,
      ALL
    }

    public enum Order {
      CONFIGURED,
      EXPECTED
    }

    public enum Share {
      NONE,
      FINDINGS
    }
  }

  /** When agents run: on the first push of a pull request, on every one, or on command alone. */
  public record Trigger(Push push, String label, int perHour) {
    public enum Push {
      FIRST,
      EVERY,
      NEVER
    }
  }

  public enum Isolation {
    REQUIRED,
    BEST_EFFORT,
    OFF
  }

  /** Limits; null = none. */
  public record Budget(@Nullable BigDecimal usd, @Nullable Long tokens) {
    public static final Budget NONE = new Budget(null, null);
  }

  /** USD per million tokens. */
  public record Price(BigDecimal in, BigDecimal out, BigDecimal cached) {}

  public enum Review {
    PEER,
    NONE
  }

  /**
   * @param selector name of a selector; null where a command is given
   * @param command arguments of an external selector; empty where there is none
   */
  public record Optr(
      @Nullable String selector, List<String> command, Weights weights, Bounds bounds) {
    public Optr {
      command = List.copyOf(command);
    }
  }

  /** Hours per USD, hours at full risk, hours per nat. */
  public record Weights(BigDecimal cost, BigDecimal risk, BigDecimal probability) {}

  /** Null = no bound. */
  public record Bounds(
      @Nullable BigDecimal risk, @Nullable BigDecimal usd, @Nullable BigDecimal probability) {}

  public record LedgerSettings(
      boolean enabled, Layout layout, Log log, @Nullable String timestamp) {
    public enum Layout {
      PER_PR,
      SINGLE
    }

    public enum Log {
      OFF,
      BRANCH,
      REF
    }
  }

  public enum Report {
    NONE,
    CHECK
  }

  public enum Gate {
    ADMISSIBLE,
    EXECUTED
  }

  public enum Execute {
    NEVER,
    ON_COMMAND,
    AUTO
  }

  public enum Anchor {
    PULL_REQUEST,
    SIDE_BRANCH,
    NONE
  }

  public enum Drafts {
    SKIP,
    RUN
  }

  public enum Transcripts {
    COMMIT,
    DIGEST
  }
}
