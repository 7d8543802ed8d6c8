package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.PointResult;
import java.nio.file.Path;

class MachineFaultIT extends LocalFaultScenarios {
    @Override
    LocalStage make(Path directory) throws Exception {
        return MachineStage.make(directory);
    }

    /** The machine lives on; what has gone is the interface. */
    @Override
    void assertTold(PointResult point) {
        assertThat(point.endedBy()).isEqualTo(EndCause.FAULT);
        assertThat(point.reason()).hasValue(FailureReason.INTERFACE_NOT_FOUND);
        assertThat(point.explanation())
                .contains("libpcap can read interface \"" + point.interfaceName() + "\" no more")
                .contains("; there are ");
    }
}
