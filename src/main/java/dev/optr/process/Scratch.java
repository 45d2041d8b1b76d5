package dev.optr.process;

import dev.optr.base.Bytes;
import dev.optr.base.OwnedDirectory;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A fresh home and a fresh directory for temporary files, of one program, removed at the end
 * whatever the program left there.
 */
public record Scratch(OwnedDirectory owned) implements AutoCloseable {
  public static Scratch in(Path parent) {
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
  public Path directory() {
    return owned.content();
  }

  public Path home() {
    return directory().resolve("home");
  }

  public Path temporary() {
    return directory().resolve("tmp");
  }

  /** Puts a file beside both, for the program to read; gives its path. */
  public Path write(String name, Bytes content) {
    try {
      return Files.write(directory().resolve(name), content.toArray());
    } catch (IOException e) {
      throw ServiceException.lasting("could not write '" + name + "' for a program", e);
    }
  }

  @Override
  public void close() {
    owned.close();
  }
}
