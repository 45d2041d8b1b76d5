package dev.optr.evidence;

import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Directories that commands share and only read: absolute paths, or {@code ~/...} of our own home,
 * which a command finds at the same place of its own.
 */
record Caches(Path ownHome, List<String> named) {
  private static final String IN_HOME = "~/";

  Caches {
    named = List.copyOf(named);
  }

  /**
   * Where they are.
   *
   * @throws UserException where one is no directory, or holds all of our home
   */
  List<Path> places() {
    List<Path> places = new ArrayList<>();
    for (String name : named) {
      places.add(place(name));
    }
    return places;
  }

  private Path place(String name) {
    try {
      Path place = inHome(name) ? ownHome.resolve(name.substring(2)) : Path.of(name);
      if (!place.isAbsolute() || !Files.isDirectory(place)) {
        throw refused(name, "is no directory here, needed: an absolute path or '~/...'");
      }
      Path real = place.toRealPath();
      if (ownHome.startsWith(real) || realHome().startsWith(real)) {
        throw refused(name, "holds all of the home directory; name what commands need of it");
      }
      return real;
    } catch (InvalidPathException | IOException e) {
      throw refused(name, "cannot be read: " + e.getMessage());
    }
  }

  private Path realHome() throws IOException {
    return Files.exists(ownHome) ? ownHome.toRealPath() : ownHome;
  }

  private static UserException refused(String name, String why) {
    return new UserException("the directory '" + name + "' of 'caches' " + why);
  }

  /** Shows those of our home at the same place of a command's. */
  void showIn(Path home) {
    for (String name : named) {
      if (inHome(name)) {
        link(home.resolve(name.substring(2)), place(name));
      }
    }
  }

  private static void link(Path link, Path place) {
    try {
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, place);
    } catch (IOException e) {
      throw ServiceException.lasting("could not show " + place + " to a command", e);
    }
  }

  private static boolean inHome(String name) {
    return name.startsWith(IN_HOME);
  }
}
