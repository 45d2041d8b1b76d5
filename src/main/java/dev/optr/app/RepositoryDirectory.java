package dev.optr.app;

import dev.optr.git.GitRepository;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --repo}, which means the same to every command. */
final class RepositoryDirectory {
  @Option(
      names = "--repo",
      paramLabel = "DIR",
      description = "the repository; default: the current directory")
  private @Nullable Path directory;

  boolean isGiven() {
    return directory != null;
  }

  Path in(Host host) {
    return host.directory().resolve(directory == null ? Path.of("") : directory);
  }

  GitRepository open(Host host) {
    return GitRepository.open(in(host), host.checkpoint());
  }
}
