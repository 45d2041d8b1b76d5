package dev.optr.app;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.base.UserException;
import dev.optr.workflow.CallerFinding;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code optr lint}: checks a workflow file, the GitHub workflows that call the Action, and the
 * credentials at hand; asks and pays nobody.
 */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    description =
        "Checks a workflow file and the GitHub workflows that call the Action, and says which"
            + " lanes can run with the credentials present; spends nothing.")
final class LintCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final RepositoryDirectory repository = new RepositoryDirectory();

  @Option(
      names = "--workflow",
      paramLabel = "FILE",
      description =
          "the workflow file; default: .github/workflow-optr.yaml, else workflow-optr.yaml, in the"
              + " repository")
  private @Nullable Path workflow;

  @Option(
      names = "--json",
      description =
          "one JSON document on standard output: {workflow, findings, warnings, lanes: [{agent,"
              + " type, canRun, reason, canJudge, cannotJudge}], callers: [{rule, severity:"
              + " error | warning, file, line, column, message}], exit}")
  private boolean json;

  LintCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Path root = repository.in(host).normalize();
    Path given = workflow == null ? null : host.directory().resolve(workflow);
    Lint lint = lint(root, LocalWorkflow.find(root, given));
    host.out().print(json ? PrettyJson.text(document(lint)) : text(lint));
    host.out().flush();
    return exit(lint).code();
  }

  /** What is wrong with the file is this command's result, not a fault. */
  private Lint lint(Path root, LocalWorkflow file) {
    try {
      return Lint.of(host, root, file);
    } catch (UserException findings) {
      return Lint.refused(root, file, findings.messages());
    }
  }

  private static ExitCode exit(Lint lint) {
    return lint.isClean() ? ExitCode.OK : ExitCode.USER_MUST_ACT;
  }

  private static String text(Lint lint) {
    StringBuilder out = new StringBuilder();
    lint.findings().forEach(finding -> out.append(finding).append('\n'));
    lint.warnings().forEach(warning -> out.append("warning: ").append(warning).append('\n'));
    lint.callers().forEach(finding -> out.append(line(finding)).append('\n'));
    for (Lint.LaneState lane : lint.lanes()) {
      String state =
          lane.canRun()
              ? "can run, "
                  + (lane.cannotJudge() == null
                      ? "can judge"
                      : "cannot judge: " + lane.cannotJudge())
              : "cannot run: " + lane.reason();
      out.append("lane %s (%s): %s%n".formatted(lane.agent(), lane.type(), state));
    }
    if (lint.isClean()) {
      out.append("%s: nothing to mend%n".formatted(lint.workflow()));
    }
    return out.toString();
  }

  private static String line(CallerFinding finding) {
    return switch (finding.severity()) {
      case ERROR -> finding.text();
      case WARNING -> "warning: " + finding.text();
    };
  }

  private static JsonObject document(Lint lint) {
    return Json.object()
        .put("workflow", lint.workflow())
        .put("findings", Json.texts(lint.findings()))
        .put("warnings", Json.texts(lint.warnings()))
        .put("lanes", Json.array(lint.lanes().stream().map(LintCommand::document).toList()))
        .put("callers", Json.array(lint.callers().stream().map(LintCommand::document).toList()))
        .put("exit", exit(lint).code())
        .build();
  }

  private static JsonObject document(CallerFinding finding) {
    return Json.object()
        .put("rule", finding.rule())
        .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
        .put("file", finding.file())
        .put("line", finding.line())
        .put("column", finding.column())
        .put("message", finding.message())
        .build();
  }

  private static JsonObject document(Lint.LaneState lane) {
    return Json.object()
        .put("agent", lane.agent())
        .put("type", lane.type())
        .put("canRun", lane.canRun())
        .put("reason", lane.reason())
        .put("canJudge", lane.cannotJudge() == null)
        .put("cannotJudge", lane.cannotJudge())
        .build();
  }
}
