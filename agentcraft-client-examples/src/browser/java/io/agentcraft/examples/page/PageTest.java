package io.agentcraft.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.ReferenceServerBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A server that serves the page, and a browser that shows it. One browser for all tests of a class. */
@Browser
abstract class PageTest {

  /** Lets the page reconnect so fast that no test waits for it. */
  static final String FAST = "?backoffMillis=20";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Set before the first test. */
  @SuppressWarnings("NullAway.Init")
  static ChromeDriver driver;

  @SuppressWarnings("NullAway.Init")
  ReferenceServer server;

  @BeforeAll
  static void startBrowser() {
    driver = Chromium.start();
  }

  @AfterAll
  static void quitBrowser() {
    if (driver != null) {
      driver.quit();
    }
  }

  @BeforeEach
  void startServer() {
    Chromium.size(driver, 1280, 900);
    Chromium.theme(driver, "light", "no-preference");
    server = DashboardPage.addTo(options()).start();
  }

  @AfterEach
  void closeServer() {
    driver.get("about:blank");
    server.close();
  }

  ReferenceServerBuilder options() {
    return ReferenceServer.builder();
  }

  /** Opens the page and waits until it is connected. */
  void open(String query) {
    consoleErrors(); // Forgets those of an earlier test.
    driver.get(server.httpUrl() + "/" + query);
    awaitText("#connection-text", "Connected");
    server.awaitConnection();
  }

  /** The text of the first element that is shown; empty if there is none. */
  static String text(String css) {
    return texts(css).stream().findFirst().orElse("");
  }

  static List<String> texts(String css) {
    return driver.findElements(By.cssSelector(css)).stream()
        .filter(WebElement::isDisplayed)
        .map(WebElement::getText)
        .toList();
  }

  static WebElement element(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  static String attribute(String css, String name) {
    return driver.findElements(By.cssSelector(css)).stream()
        .findFirst()
        .map(found -> String.valueOf(found.getDomAttribute(name)))
        .orElse("");
  }

  static @Nullable Object script(String code, Object... arguments) {
    return driver.executeScript(code, arguments);
  }

  static void awaitText(String css, String expected) {
    await(css + " says " + expected, () -> text(css).equals(expected));
  }

  static void await(String what, BooleanSupplier condition) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> what + ". The page says:\n" + text("body"))
        .until(ignored -> condition.getAsBoolean());
  }

  /** What went wrong since this was asked last. */
  static List<String> consoleErrors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  static void assertNoConsoleErrors() {
    assertThat(consoleErrors()).isEmpty();
  }
}
