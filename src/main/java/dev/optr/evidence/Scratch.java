package dev.optr.evidence;

import dev.optr.base.ServiceException;
import dev.optr.git.OwnedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A fresh home and a fresh directory for temporary files, of one command, removed at the end
 * whatever the command left there.
 */
record Scratch(OwnedDirectory owned) implements AutoCloseable {
  static Scratch in(Path parent) {
    Scratch scratch = new Scratch(OwnedDirectory.create(parent));
    try {
      Files.createDirectory(scratch.home());
      Files.createDirectory(scratch.temporary());
      return scratch;
    } catch (IOException e) {
      scratch.close();
      throw ServiceException.lasting("could not make a home in " + parent, e);
    }
  }

  /** What both lie in. */
  Path directory() {
    return owned.content();
  }

  Path home() {
    return directory().resolve("home");
  }

  Path temporary() {
    return directory().resolve("tmp");
  }

  @Override
  public void close() {
    owned.close();
  }
}
