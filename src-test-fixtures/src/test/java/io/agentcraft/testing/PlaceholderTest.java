package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PlaceholderTest {
  @RegisterExtension
  static final Placeholder.Extension PLACEHOLDER = new Placeholder.Extension();

  @Test
  void runsOnTheModulePath() {
    assertThat(Placeholder.class.getModule().isNamed()).isTrue();
    assertThat(new HeldCertificate.Builder().build().certificatePem()).isNotEmpty();
  }
}
