package io.agentcraft.client.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests against FastAPI on uvicorn: run by {@code -Pinterop}, where there is a Python that has them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("interop")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(FastApiCondition.class)
@interface Interop {}
