package dev.optr.app;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The program's version, from the jar's manifest. */
final class Version implements IVersionProvider {
  static String text() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("0-development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"optr " + text()};
  }
}
