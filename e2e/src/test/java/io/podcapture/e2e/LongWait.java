package io.podcapture.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Marks a scenario that waits for seconds, for what ends by itself for instance: on a simulated cluster, which is part of
 * every build, it runs in the profile {@code soak}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LongWait.Condition.class)
@interface LongWait {
    /** Knows a class that runs on a simulated cluster by its name. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            boolean simulated = context.getRequiredTestClass().getSimpleName().startsWith("Simulated");
            return simulated && !isSoak()
                    ? ConditionEvaluationResult.disabled("it waits long: use the profile soak")
                    : ConditionEvaluationResult.enabled("there is time for it");
        }

        /** Tells whether there is time for all. */
        static boolean isSoak() {
            return Boolean.getBoolean("podcapture.soak");
        }
    }
}
