package dev.optr.isolation;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Landlock rules of one run; none where the kernel has no Landlock. */
record Rules(@Nullable Landlock landlock) implements AutoCloseable {
  /**
   * Programs, libraries, their settings, and what processes ask of the kernel. Not {@code /home},
   * {@code /root}, {@code /run}, {@code /srv}, {@code /tmp} nor {@code /var}.
   */
  private static final List<Path> SYSTEM =
      List.of(
          Path.of("/usr"),
          Path.of("/bin"),
          Path.of("/sbin"),
          Path.of("/lib"),
          Path.of("/lib32"),
          Path.of("/lib64"),
          Path.of("/libx32"),
          Path.of("/opt"),
          Path.of("/nix/store"),
          Path.of("/etc"),
          Path.of("/proc"),
          Path.of("/sys"),
          Path.of("/dev/random"),
          Path.of("/dev/urandom"));

  private static final List<Path> DEVICES =
      List.of(Path.of("/dev/null"), Path.of("/dev/zero"), Path.of("/dev/full"));

  static Rules of(SystemCalls calls, Mechanisms mechanisms, Confinement confinement) {
    if (mechanisms.landlock() == 0) {
      return new Rules(null);
    }
    // The Java that runs us starts programs with a program of its own.
    Path ownJava = Path.of(System.getProperty("java.home"));
    return new Rules(
        Landlock.rules(calls, mechanisms.landlock())
            .readable(SYSTEM)
            .readable(List.of(ownJava))
            .readable(confinement.readable())
            .device(DEVICES)
            .writable(confinement.writable()));
  }

  @Override
  public void close() {
    if (landlock != null) {
      landlock.close();
    }
  }
}
