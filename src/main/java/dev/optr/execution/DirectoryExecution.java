package dev.optr.execution;

import dev.optr.base.Disk;
import java.nio.file.Path;

/**
 * Leaves the files below a directory of our own, where nothing may be committed: {@code ledger:
 * disabled}.
 */
public final class DirectoryExecution implements Execution {
  private final Path directory;
  private final Disk disk;

  public DirectoryExecution(Path directory, Disk disk) {
    this.directory = directory;
    this.disk = disk;
  }

  @Override
  public Performed perform(Plan plan) {
    plan.files().forEach((path, bytes) -> disk.write(directory.resolve(path), bytes.toArray()));
    return new Performed.Written();
  }
}
