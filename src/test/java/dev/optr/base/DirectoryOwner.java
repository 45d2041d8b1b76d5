package dev.optr.base;

import java.io.IOException;
import java.nio.file.Path;

/** A process that makes a temporary directory, says where, and lives until it is killed. */
public final class DirectoryOwner {
  private DirectoryOwner() {}

  public static void main(String[] arguments) throws IOException {
    OwnedDirectory owned = OwnedDirectory.create(Path.of(arguments[0]));
    System.out.println(owned.content());
    int end = System.in.read();
    owned.close();
    System.exit(end);
  }
}
