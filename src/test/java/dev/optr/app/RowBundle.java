package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.agents.Answer;
import dev.optr.agents.Proposal;
import dev.optr.base.Bytes;
import dev.optr.base.Checkpoint;
import dev.optr.base.Disk;
import dev.optr.base.Redactor;
import dev.optr.bundle.Bundle;
import dev.optr.bundle.BundleHeader;
import dev.optr.bundle.BundleWriter;
import dev.optr.datalake.Candidate;
import dev.optr.datalake.DataLake;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.evidence.HeadExamined;
import dev.optr.evidence.Row;
import dev.optr.git.Edit;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.intent.Frozen;
import dev.optr.intent.Intent;
import dev.optr.intent.IntentReader;
import dev.optr.intent.IntentSource;
import dev.optr.intent.Wish;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.Tool;
import dev.optr.record.Proposals;
import dev.optr.testing.RealGit;
import dev.optr.testing.Samples;
import dev.optr.workflow.Workflow;
import dev.optr.workflow.WorkflowFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A real bundle of a site's frozen commit and of its one row, written as propose writes it. */
final class RowBundle {
  private static final Workflow WORKFLOW =
      WorkflowFile.parse(
          "workflow-optr.yaml",
          Bytes.utf8(
              """
              invariants:
                - {id: tests, run: "sh check.sh", timeout: 90s}
              agents:
                - {name: codex, type: openai-codex}
              """));

  private final ApplySite site;

  RowBundle(ApplySite site) {
    this.site = site;
  }

  /** Gives the bundle's digest. */
  String write(Path temporary) {
    Redactor redactor = new Redactor(List.of());
    try (GitRepository repository = GitRepository.open(site.author(), Checkpoint.NONE);
        TreeStore trees = TreeStore.open(repository, temporary)) {
      FrozenTree frozen = repository.frozenTree(site.frozen());
      Examined lane = lane(new DataLake(trees, frozen, redactor));
      return new BundleWriter(new Disk(Checkpoint.NONE), trees, redactor, Optional.empty())
          .write(site.bundle(), bundle(frozen, lane));
    }
  }

  private Examined lane(DataLake dataLake) {
    Proposal sample = Samples.proposal("Renew", "Renew");
    Proposal proposal =
        new Proposal(
            sample.summary(),
            sample.rationale(),
            sample.ttvEstimateSeconds(),
            sample.invariants(),
            sample.risks(),
            sample.constraints(),
            edits());
    Answer answer = new Answer.Proposed(proposal, Samples.exchange("0.18"));
    Candidate candidate = dataLake.capture(WORKFLOW.agents().getFirst(), answer);
    return new Examined(candidate, List.of(Samples.held("patch-applies"), later()), List.of());
  }

  private List<Edit> edits() {
    RealGit author = RealGit.in(site.author());
    String ref = "refs/optr/rows/" + ApplySite.ROW;
    return author
        .text("diff", "--name-status", "--no-renames", "refs/heads/frozen", ref)
        .lines()
        .map(line -> edit(line.charAt(0), line.substring(2), author, ref))
        .toList();
  }

  private static Edit edit(char status, String path, RealGit author, String ref) {
    return switch (status) {
      case 'D' -> new Edit.Delete(path);
      case 'A' -> new Edit.Create(path, content(author, ref, path), false);
      default -> new Edit.Rewrite(path, content(author, ref, path), null);
    };
  }

  private static String content(RealGit author, String ref, String path) {
    return new String(author.bytes("show", ref + ":" + path), UTF_8);
  }

  private static Bundle bundle(FrozenTree frozen, Examined lane) {
    Intent intent =
        IntentReader.read(
            Wish.of("Make login survive", new IntentSource.PullRequest(7, "octocat")),
            WORKFLOW,
            new Frozen(frozen.commit(), frozen.tree(), "a".repeat(40), 0));
    BundleHeader.Origin origin =
        new BundleHeader.Origin(
            new Tool("optr-executor", "1.0.0"),
            new RepositoryId("github.com", 4711, "octo/login"),
            7L,
            123_456L,
            1);
    String tree = Objects.requireNonNull(lane.candidate().tree());
    return Bundle.of(
        origin,
        new Proposals(
            WORKFLOW, intent, new HeadExamined(List.of(later()), List.of()), List.of(lane)),
        true,
        List.of(),
        List.of(
            new Row("head", frozen.tree(), List.of()),
            new Row(ApplySite.ROW, tree, List.of(ApplySite.ROW))));
  }

  private static Check later() {
    return new Check("tests", Check.Result.NOT_RUN, List.of("later"), 0, null, null, false);
  }
}
