package dev.optr.git;

import java.io.IOException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * What JGit sees of this machine: no environment, no home directory, no user or system config, so
 * that the same repository reads the same for everybody and nothing is written to anybody's home.
 *
 * <p>It also answers JGit's question for the time stamp resolution of every file store. JGit would
 * otherwise measure it once per machine, which takes seconds, and save it under the user's home.
 */
final class IsolatedSystemReader extends SystemReader.Delegate {
  /**
   * Coarser than any Linux kernel tick and than NTFS and APFS: JGit then re-reads a file that
   * changed within the last tenth of a second rather than trust its time stamp.
   */
  private static final String RESOLUTION = "100 ms";

  private IsolatedSystemReader(SystemReader system) {
    super(system);
  }

  /** Replaces JGit's view of the system, which is one per process; again and again is harmless. */
  static synchronized void install() {
    SystemReader current = SystemReader.getInstance();
    if (!(current instanceof IsolatedSystemReader)) {
      SystemReader.setInstance(new IsolatedSystemReader(current));
    }
  }

  @Override
  public @Nullable String getenv(String variable) {
    return null;
  }

  @Override
  public @Nullable String getProperty(String key) {
    return key.equals("user.home") ? null : super.getProperty(key);
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new NoConfig(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new NoConfig(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new NoConfig(parent, fs);
  }

  /** A config without a file, which knows nothing but the resolution of time stamps. */
  private static final class NoConfig extends FileBasedConfig {
    NoConfig(@Nullable Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {
      // There is no file.
    }

    @Override
    public void save() throws IOException {
      throw new IOException("settings are never saved");
    }

    @Override
    public boolean isOutdated() {
      return false;
    }

    @Override
    public @Nullable String getString(String section, @Nullable String subsection, String name) {
      boolean resolution =
          section.equals("filesystem")
              && (name.equals("timestampResolution") || name.equals("minRacyThreshold"));
      return resolution ? RESOLUTION : super.getString(section, subsection, name);
    }
  }
}
