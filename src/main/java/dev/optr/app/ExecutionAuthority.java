package dev.optr.app;

import dev.optr.execution.Authority;
import dev.optr.execution.Refusal;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Body;
import dev.optr.ledger.Code;
import dev.optr.ledger.Entry;
import dev.optr.ledger.Finding;
import dev.optr.ledger.Verification;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a recorded decision may be executed on a commit. Nothing is taken on trust: the
 * newest entry is found in the verified ledger, its documents are those that it vouches for, the
 * path is selected again from the recorded evidence and its tree made again from the recorded
 * changes.
 */
final class ExecutionAuthority {
  private static final Set<Code> SIGNATURES =
      EnumSet.of(Code.E_NO_TRUSTED_SIG, Code.E_SIG, Code.E_ROLE, Code.E_KEY_REVOKED);

  private final Path temporary;

  /**
   * @param temporary a directory for temporary files, outside the repository
   */
  ExecutionAuthority(Path temporary) {
    this.temporary = temporary;
  }

  /**
   * @param head the commit that the branch is on
   * @param ledger the ledger of that commit, verified with its anchors and its history
   * @param pullRequest its number; null outside of one
   * @param policyNow the workflow file as the base (locally: the work tree) has it now
   * @param agentAsked the agent whose path is asked for; empty = the selected one's
   */
  Authority of(
      GitRepository repository,
      String head,
      Verification ledger,
      @Nullable Integer pullRequest,
      Workflow policyNow,
      Optional<String> agentAsked) {
    Optional<Authority> early = byPolicy(policyNow).or(() -> byLedger(ledger));
    if (early.isPresent()) {
      return early.get();
    }
    List<Entry> newest = new ExecutableEntries(ledger, pullRequest).newest();
    if (newest.size() != 1) {
      return notOne(newest);
    }
    Entry entry = newest.getFirst();
    ExecutionGround ground = new ExecutionGround(repository, head, ledger, policyNow);
    return byEntry(entry, policyNow, agentAsked)
        .or(() -> ground.refusal(entry))
        .orElseGet(
            () ->
                new ExecutableRecord(repository, temporary, policyNow)
                    .read(entry, ground.anchor(entry), head));
  }

  private static Optional<Authority> byPolicy(Workflow policy) {
    if (policy.execute() == Workflow.Execute.NEVER) {
      return refused(Refusal.NEVER, "'execute: never' in the workflow file: nothing is executed");
    }
    return policy.ledger().enabled()
        ? Optional.empty()
        : refused(
            Refusal.NEVER, "'ledger: disabled' in the workflow file: nothing recorded vouches");
  }

  private static Optional<Authority> byLedger(Verification ledger) {
    Optional<Finding> signature =
        ledger.findings().stream()
            .filter(finding -> SIGNATURES.contains(finding.code()))
            .findFirst();
    if (signature.isPresent()) {
      return refused(Refusal.UNSIGNED, VerifyReport.sentence(signature.get()));
    }
    return switch (ledger.result()) {
      case OK -> Optional.empty();
      case TAMPERED ->
          refused(
              Refusal.NOT_INTACT,
              "the ledger is not intact: " + VerifyReport.sentence(ledger.findings().getFirst()));
      case UNDECIDED ->
          refused(Refusal.NOT_INTACT, "nothing vouches for the ledger: 'optr verify' says why");
    };
  }

  private static Authority notOne(List<Entry> newest) {
    return newest.isEmpty()
        ? new Authority.Refused(
            Refusal.NOTHING_SELECTED, "the ledger holds no decision to execute; run first")
        : new Authority.Refused(
            Refusal.AMBIGUOUS,
            "%d decisions are equally new (%s); run again, so that one is the newest"
                .formatted(
                    newest.size(), String.join(", ", newest.stream().map(Entry::id).toList())));
  }

  private static Optional<Authority> byEntry(
      Entry entry, Workflow policy, Optional<String> agentAsked) {
    Body.Run run = ExecutableEntries.run(entry);
    String selected = run.decision().selected();
    if (selected == null) {
      return refused(
          Refusal.NOTHING_SELECTED,
          "entry %s decided '%s': there is no selected path"
              .formatted(entry.id(), run.decision().outcome()));
    }
    if (agentAsked.isPresent() && !agentAsked.get().equals(selected)) {
      return refused(
          Refusal.NOT_SELECTED,
          "the path of '%s' is selected; no other candidate can be executed".formatted(selected));
    }
    return policy.source().sha256().equals(run.decision().policy())
        ? Optional.empty()
        : refused(
            Refusal.POLICY_CHANGED,
            "the workflow file is another one than entry %s was decided by; run again"
                .formatted(entry.id()));
  }

  private static Optional<Authority> refused(Refusal why, String message) {
    return Optional.of(new Authority.Refused(why, message));
  }
}
