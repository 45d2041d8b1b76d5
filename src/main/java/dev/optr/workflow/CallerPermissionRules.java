package dev.optr.workflow;

import dev.optr.workflow.CallerNeeds.Need;
import dev.optr.workflow.CallerPermissions.Level;
import java.util.List;
import java.util.stream.Collectors;

/** What a job's token may, against what our steps in it need. */
final class CallerPermissionRules {
  private final CallerPolicy policy;
  private final CallerReport report;

  CallerPermissionRules(CallerPolicy policy, CallerReport report) {
    this.policy = policy;
    this.report = report;
  }

  void check(CallerWorkflow workflow) {
    for (CallerJob job : workflow.jobs()) {
      if (job.runsCandidates()) {
        checkVerifying(job);
      } else if (job.isOurs() && !job.has(CallerRole.UNKNOWN)) {
        checkOther(job, new CallerNeeds(policy).of(job));
      }
    }
  }

  private void checkVerifying(CallerJob job) {
    CallerPermissions permissions = job.permissions();
    if (!permissions.areWritten()) {
      report.add(
          CallerRule.PERMISSIONS,
          permissions.mark(),
          job.named() + unwritten() + "'contents: read' and nothing else");
    }
    if (permissions.level() == Level.WRITE) {
      reportWrite(job, permissions.mark(), "write-all");
    }
    permissions
        .named()
        .forEach(
            (scope, named) -> {
              if (named.level() == Level.WRITE) {
                reportWrite(job, named.mark(), scope + ": write");
              }
            });
  }

  private void reportWrite(CallerJob job, Mark mark, String found) {
    report.add(
        CallerRule.VERIFY_WRITES,
        mark,
        job.named()
            + " runs what an agent wrote and has "
            + Printable.quoted(found)
            + ", write 'contents: read' and nothing else");
  }

  private void checkOther(CallerJob job, List<Need> needs) {
    CallerPermissions permissions = job.permissions();
    if (needs.isEmpty()) {
      return;
    }
    if (!permissions.areWritten()) {
      report.add(
          CallerRule.PERMISSIONS, permissions.mark(), job.named() + unwritten() + list(needs));
      return;
    }
    if (permissions.level() == Level.WRITE) {
      report.add(
          CallerRule.WRITE_ALL,
          permissions.mark(),
          job.named() + " has 'write-all', write what it needs: " + list(needs));
      return;
    }
    needs.stream()
        .filter(need -> !permissions.grant(need.scope(), need.level()))
        .forEach(need -> reportMissing(job, need));
    permissions.named().forEach((scope, named) -> checkNeedless(job, needs, scope, named));
  }

  private void reportMissing(CallerJob job, Need need) {
    report.add(
        CallerRule.PERMISSIONS,
        job.permissions().mark(),
        "%s has no %s, which is for %s; write it under 'permissions'"
            .formatted(job.named(), need.written(), need.reason()));
  }

  private void checkNeedless(
      CallerJob job, List<Need> needs, String scope, CallerPermissions.Named named) {
    boolean needed =
        needs.stream().anyMatch(need -> need.scope().equals(scope) && need.level() == Level.WRITE);
    // Whether these are needed stands in the workflow file alone.
    boolean unknown =
        policy.workflow() == null && (scope.equals("checks") || scope.equals("id-token"));
    if (named.level() == Level.WRITE && !needed && !unknown) {
      report.add(
          CallerRule.NEEDLESS,
          named.mark(),
          "%s has %s, which no step of ours in it needs%s; remove it, or give it to a job of its own"
              .formatted(job.named(), Printable.quoted(scope + ": write"), unless(scope)));
    }
  }

  private static String unless(String scope) {
    return switch (scope) {
      case "checks" -> " without 'report: check'";
      case "id-token" -> " without an agent with 'oidc'";
      default -> "";
    };
  }

  private static String unwritten() {
    return " has no 'permissions', so that settings of the repository say what its token may;"
        + " write 'permissions' with ";
  }

  private static String list(List<Need> needs) {
    return needs.stream().map(Need::written).collect(Collectors.joining(", "));
  }
}
