package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import dev.optr.workflow.Supported;
import dev.optr.workflow.Workflow;
import dev.optr.workflow.WorkflowFile;
import java.util.List;

/** Reads a workflow file that this version can honour as a whole. */
final class WorkflowSource {
  /** Where a workflow file is looked for, from the repository's root, in this order. */
  static final List<String> DEFAULT_PATHS =
      List.of(".github/workflow-optr.yaml", "workflow-optr.yaml");

  private WorkflowSource() {}

  /**
   * @param fileName as messages name it
   * @throws UserException with every finding, before any agent is asked
   */
  static Workflow read(String fileName, Bytes source) {
    Workflow workflow = WorkflowFile.parse(fileName, source);
    List<String> unsupported = Supported.check(workflow, fileName);
    if (!unsupported.isEmpty()) {
      throw new UserException(unsupported);
    }
    return workflow;
  }
}
