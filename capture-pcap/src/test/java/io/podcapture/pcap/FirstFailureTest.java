package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstFailureTest {
    private final FirstFailure failure = new FirstFailure();
    private final List<String> closed = new ArrayList<>();

    @Test
    void close_behindOneThatThrowsUnchecked_isDone() {
        RuntimeException unchecked = new IllegalStateException("unchecked");
        IOException checked = new IOException("checked");
        failure.close(() -> {
            throw unchecked;
        });
        failure.commit(() -> {
            throw checked;
        });
        failure.close(() -> closed.add("last"));
        assertThat(closed).containsExactly("last");
        assertThatThrownBy(failure::rethrow).isSameAs(unchecked).hasSuppressedException(checked);
    }

    @Test
    void rethrow_withoutFailure_throwsNothing() {
        failure.close(() -> closed.add("only"));
        assertThatCode(failure::rethrow).doesNotThrowAnyException();
    }

    @Test
    void rethrow_ofTheSameTwice_throwsIt() {
        IOException checked = new IOException("checked");
        for (int i = 0; i < 2; i++) {
            failure.close(() -> {
                throw checked;
            });
        }
        assertThatThrownBy(failure::rethrow).isSameAs(checked).hasNoSuppressedExceptions();
    }

    @Test
    void suppressedBy_another_isTold() {
        IOException checked = new IOException("checked");
        failure.close(() -> {
            throw checked;
        });
        Throwable other = new IOException("other");
        failure.suppressedBy(other);
        assertThat(other).hasSuppressedException(checked);
    }
}
