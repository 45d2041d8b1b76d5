package dev.optr.execution;

import dev.optr.base.Disk;
import java.nio.file.Path;

/** Leaves the files in a work tree, for somebody who commits by hand. */
public final class WorkTreeExecution implements Execution {
  private final Path workTree;
  private final Disk disk;

  public WorkTreeExecution(Path workTree, Disk disk) {
    this.workTree = workTree;
    this.disk = disk;
  }

  @Override
  public Performed perform(Plan plan) {
    plan.files().forEach((path, bytes) -> disk.write(workTree.resolve(path), bytes.toArray()));
    return new Performed.Written();
  }
}
