package dev.optr.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an entry says; docs/ledger-format.md lists the members of each type. */
public sealed interface Body {
  Common common();

  /**
   * What all types have.
   *
   * @param ledger id of the genesis; null in the genesis itself
   * @param time claimed by the writer, whole seconds
   */
  record Common(
      long height, List<String> parents, RepositoryId repo, @Nullable String ledger, Instant time) {
    public Common {
      parents = List.copyOf(parents);
    }
  }

  /**
   * The first entry.
   *
   * @param rootKeys sign genesis and key entries; none where the ledger is unsigned
   * @param threshold how many of them must sign
   * @param signers the first run keys
   */
  record Genesis(
      Common common, List<SshPublicKey> rootKeys, int threshold, List<SshPublicKey> signers)
      implements Body {
    public Genesis {
      rootKeys = List.copyOf(rootKeys);
      signers = List.copyOf(signers);
    }

    public boolean isSigned() {
      return threshold > 0;
    }
  }

  /**
   * A decision.
   *
   * @param pr null outside of a pull request
   */
  record Run(
      Common common,
      Decision decision,
      List<RecordedFile> inputs,
      List<RecordedFile> outputs,
      @Nullable PullRequestRef pr,
      WorkflowRun run,
      Tool tool)
      implements Body {
    public Run {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * The execution of a decision.
   *
   * @param entry the run entry
   * @param head parent of the executed commit
   * @param tree equal to the selected tree of that entry
   */
  record Execution(
      Common common,
      String entry,
      String head,
      String tree,
      @Nullable PullRequestRef pr,
      WorkflowRun run,
      Tool tool)
      implements Body {}

  /**
   * What became of a decision.
   *
   * @param result {@code merged}, {@code closed} or {@code reverted}
   */
  record Outcome(
      Common common,
      String entry,
      String result,
      @Nullable String commit,
      @Nullable PullRequestRef pr,
      WorkflowRun run,
      Tool tool)
      implements Body {}

  /** A change of run keys. */
  record Key(Common common, List<SshPublicKey> add, List<Revocation> revoke) implements Body {
    public Key {
      add = List.copyOf(add);
      revoke = List.copyOf(revoke);
    }
  }

  /**
   * From now on a key counts only for some entries.
   *
   * @param key fingerprint
   * @param after entries which, with their ancestors, it still counts for
   */
  record Revocation(String key, List<String> after) {
    public Revocation {
      after = List.copyOf(after);
    }
  }

  /** The pull request that the entry is about, or null. */
  default @Nullable PullRequestRef pullRequest() {
    return switch (this) {
      case Run run -> run.pr();
      case Execution execution -> execution.pr();
      case Outcome outcome -> outcome.pr();
      case Genesis _, Key _ -> null;
    };
  }
}
