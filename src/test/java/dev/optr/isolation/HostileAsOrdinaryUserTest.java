package dev.optr.isolation;

import java.util.List;

final class HostileAsOrdinaryUserTest extends HostileSuite {
  @Override
  List<String> asUser() {
    return List.of(
        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all");
  }

  @Override
  int user() {
    return 65534;
  }
}
