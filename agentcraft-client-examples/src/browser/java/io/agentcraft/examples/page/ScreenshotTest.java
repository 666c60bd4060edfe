package io.agentcraft.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.OutputType;

/** Pictures of the page in {@code target}; {@code page-light.png} is the README's. */
class ScreenshotTest extends PageTest {

  private static final int README_LIMIT = 200_000;

  @Test
  void thePageIsPhotographedInEachThemeAndOnAPhone() throws IOException {
    open("");
    new Scene(server).play();
    await("the whole crew", () -> texts("#agents .card").size() == Scene.AGENTS);
    await("all lines", () -> texts("#log .line").size() == Scene.LINES);
    await("the handoffs", () -> texts("#collaborations .row").size() == 3);

    Path light = photograph("light", 1280, 880);
    photograph("dark", 1280, 880);
    photograph("light", 390, 1900);
    photograph("dark", 390, 1900);

    assertThat(Files.size(light)).isBetween(10_000L, (long) README_LIMIT);
    assertNoConsoleErrors();
  }

  private static Path photograph(String theme, int width, int height) throws IOException {
    Chromium.size(driver, width, height);
    // Without motion the bars are where they belong at once.
    Chromium.theme(driver, theme, "reduce");
    String name = "page-" + theme + (width < 600 ? "-narrow" : "") + ".png";
    return Files.write(Path.of("target", name), driver.getScreenshotAs(OutputType.BYTES));
  }
}
