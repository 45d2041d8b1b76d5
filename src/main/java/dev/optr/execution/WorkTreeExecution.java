package dev.optr.execution;

import dev.optr.git.LocalBranch;

/** Leaves the files in a work tree, for somebody who commits by hand. */
public final class WorkTreeExecution implements Execution {
  private final LocalBranch branch;

  public WorkTreeExecution(LocalBranch branch) {
    this.branch = branch;
  }

  @Override
  public Performed perform(Plan plan) {
    branch.leave(plan.files());
    return new Performed.Written();
  }
}
