package dev.optr.workflow;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs of one pull request must wait for each other, and only for each other. */
final class CallerConcurrencyRules {
  /** A group that is one for each pull request, for comments and dispatches on it too. */
  private static final String GROUP =
      "optr-${{ github.event.pull_request.number || github.event.issue.number || inputs.pr ||"
          + " github.ref }}";

  private static final List<String> OF_PULL_REQUEST =
      List.of("event.pull_request.", "github.ref", "github.head_ref", "github.event.number");
  private static final List<String> OF_COMMENT = List.of("event.issue.");
  private static final List<String> OF_MERGE_GROUP =
      List.of("github.ref", "github.sha", "event.merge_group.");

  private final CallerWorkflow workflow;
  private final CallerReport report;

  CallerConcurrencyRules(CallerWorkflow workflow, CallerReport report) {
    this.workflow = workflow;
    this.report = report;
  }

  void check() {
    if (workflow.decides() && !workflow.isOnlyCalled()) {
      Optional<YamlNode.Entry> shared = workflow.root().find("concurrency");
      shared.ifPresent(this::checkOne);
      workflow.jobs().stream()
          .filter(CallerJob::decides)
          .forEach(
              job -> {
                Optional<YamlNode.Entry> own = job.body().find("concurrency");
                own.ifPresent(this::checkOne);
                if (shared.isEmpty() && own.isEmpty()) {
                  reportMissing(job);
                }
              });
    }
  }

  private void reportMissing(CallerJob job) {
    report.add(
        CallerRule.CONCURRENCY,
        job.mark(),
        job.named()
            + " has no 'concurrency', so that two runs of one pull request ask and pay agents at"
            + " once and one is thrown away; write 'concurrency' with 'group: "
            + GROUP
            + "'");
  }

  private void checkOne(YamlNode.Entry entry) {
    switch (entry.value()) {
      case YamlNode.Scalar group -> {
        checkQueue(entry.mark());
        checkGroup(group.mark(), group.text());
      }
      case YamlNode.Mapping mapping -> {
        CallerYaml.scalar(mapping, "cancel-in-progress")
            .filter(cancels -> !cancels.text().equals("false"))
            .ifPresent(this::reportCancels);
        if (!CallerYaml.text(mapping, "queue").equals("max")) {
          checkQueue(entry.mark());
          CallerYaml.scalar(mapping, "group")
              .ifPresent(group -> checkGroup(group.mark(), group.text()));
        }
      }
      case YamlNode.Sequence _ -> {}
    }
  }

  private void checkQueue(Mark mark) {
    if (workflow.on("issue_comment").isPresent()) {
      report.add(
          CallerRule.QUEUE,
          mark,
          "one run waits at most, so that a comment's run cancels that of a push which waits, and its"
              + " gate stays unset; write 'queue: max' under 'concurrency'");
    }
  }

  private void reportCancels(YamlNode.Scalar cancels) {
    report.add(
        CallerRule.CANCELS,
        cancels.mark(),
        "'cancel-in-progress' is "
            + Printable.quoted(cancels.text())
            + ", which ends a run between commit and comment; write 'cancel-in-progress: false'");
  }

  private void checkGroup(Mark mark, String group) {
    Stream.of(
            lacking("pull_request", group, OF_PULL_REQUEST, "pull requests"),
            lacking("issue_comment", group, OF_COMMENT, "pull requests' comments"),
            lacking("merge_group", group, OF_MERGE_GROUP, "merge groups"))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            what ->
                report.add(
                    CallerRule.GROUP,
                    mark,
                    "group "
                        + Printable.quoted(group)
                        + " is the same for different "
                        + what
                        + ", of which GitHub keeps one waiting and cancels the others; write '"
                        + GROUP
                        + "'"));
  }

  private Optional<String> lacking(
      String event, String group, List<String> tellingApart, String what) {
    boolean tells =
        CallerYaml.expressions(group).stream()
            .anyMatch(expression -> tellingApart.stream().anyMatch(expression::contains));
    return workflow.on(event).isPresent() && !tells ? Optional.of(what) : Optional.empty();
  }
}
