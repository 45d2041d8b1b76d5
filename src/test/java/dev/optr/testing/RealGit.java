package dev.optr.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code git} program, to compare with; tests that need it are skipped where it is absent. */
public final class RealGit {
  private final Path directory;

  private RealGit(Path directory) {
    this.directory = directory;
  }

  /** Runs in a directory, with no config but the repository's own. */
  public static RealGit in(Path directory) {
    return new RealGit(directory);
  }

  /** Whether there is such a program. */
  public static boolean isPresent() {
    try {
      return new ProcessBuilder("git", "--version").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Standard output; anything but exit code 0 is an error. */
  public byte[] bytes(String... arguments) {
    return bytesFrom(new byte[0], arguments);
  }

  /** See {@link #bytes}. */
  public String text(String... arguments) {
    return new String(bytes(arguments), StandardCharsets.UTF_8);
  }

  /** See {@link #bytes}, with something on standard input. */
  public byte[] bytesFrom(byte[] input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      Path in = Files.write(Files.createTempFile("git", ".in"), input);
      Path errors = Files.createTempFile("git", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(in.toFile())
              .redirectError(errors.toFile());
      builder
          .environment()
          .putAll(Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_NOSYSTEM", "1"));
      Process process = builder.start();
      byte[] output = process.getInputStream().readAllBytes();
      int exit = process.waitFor();
      String said = Files.readString(errors, StandardCharsets.ISO_8859_1);
      Files.delete(in);
      Files.delete(errors);
      if (exit != 0) {
        throw new IllegalStateException(command + " ended with " + exit + ": " + said);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
