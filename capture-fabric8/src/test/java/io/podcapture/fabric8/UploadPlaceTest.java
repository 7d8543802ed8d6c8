package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import org.junit.jupiter.api.Test;

class UploadPlaceTest {
    private static final PodName POD = new PodName("demo", "web");

    @Test
    void read_directoryFound_isThePlace() {
        UploadPlace place = read("arch arm64\nuser 0\nnot missing /tmp\nin /srv/my files\n");
        assertThat(place)
                .returns("arm64", UploadPlace::architecture)
                .returns("/srv/my files", UploadPlace::directory)
                .returns("/srv/my files/x", some -> some.file("x"))
                .hasToString("container app of pod demo/web");
        assertThat(read("arch amd64\nin /\n").file("x")).isEqualTo("/x");
    }

    @Test
    void read_noneFound_namesThoseTriedAndWhy() {
        CaptureException refusal = catchThrowableOfType(
                CaptureException.class,
                () -> read("arch amd64\nnot unwritable /tmp\nnot noexec /dev/shm\nnot missing /var/tmp\n"));
        assertThat(refusal.reason()).isEqualTo(FailureReason.TOOL_MISSING);
        assertThat(refusal)
                .hasMessage(
                        "container app of pod demo/web has no directory where a program can be written and run; tried"
                                + " /tmp (not writable), /dev/shm (programs may not run there), /var/tmp (missing);"
                                + " give it an emptyDir, or use the method ephemeral");
    }

    private static UploadPlace read(String printed) {
        return UploadPlace.of(POD, "app", ContainerProbe.read(printed));
    }
}
