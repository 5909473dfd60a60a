package org.liveupdate.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liveupdate.api.runtime.dto.CallbackDTO;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;
import org.liveupdate.api.runtime.dto.MemoryDTO;
import org.liveupdate.api.runtime.dto.RefusedDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;

class DiagnosisTest {
    private final RuntimeDTO state = new RuntimeDTO();

    DiagnosisTest() {
        state.enabled = true;
        state.phase = "RUNNING";
    }

    @Test
    void aCoreThatServesEverythingIsOk() {
        state.sessions = new SessionDTO[]{session("PRESERVED"), session("RETRIEVED"), session("KNOWN")};
        state.flbs = new FlbDTO[]{new FlbDTO()};
        state.memory = memory(89);

        assertDiagnosis("OK", "Sessions: 3, file handlers: 0, FLBs: 1.");
    }

    @ParameterizedTest
    @CsvSource({"WAITING,TEMPORARILY_UNAVAILABLE", "CLAIMED,TEMPORARILY_UNAVAILABLE",
            "COMMITTED,TEMPORARILY_UNAVAILABLE", "FENCED,CRITICAL"})
    void whoIsNotInChargeSaysSo(String phase, String status) {
        state.phase = phase;

        assertEquals(status, diagnosis().getStatus().name());
    }

    @Test
    void switchedOffIsAWarning() {
        state.enabled = false;

        assertDiagnosis("WARN", "Live update is switched off: every call answers EOPNOTSUPP.");
    }

    @Test
    void aFileThatNobodyServesIsCritical() {
        state.sessions = new SessionDTO[]{session("WAITING")};

        assertDiagnosis("CRITICAL",
                "File 7 of session vm (memfd-v1) is WAITING: start a bundle that provides its handler");
    }

    @Test
    void aFileThatFailedSaysWhy() {
        state.sessions = new SessionDTO[]{session("FAILED")};
        state.sessions[0].files[0].failure = "EIO: the page is bad";

        assertDiagnosis("CRITICAL", "File 7 of session vm (memfd-v1) is FAILED: EIO: the page is bad");
    }

    @Test
    void aDetachedFlbIsCritical() {
        FlbDTO flb = new FlbDTO();
        flb.compatible = "pci-v1";
        flb.detached = "since noon; start the bundle pci";
        state.flbs = new FlbDTO[]{flb};

        assertDiagnosis("CRITICAL", "FLB pci-v1 is preserved, and nobody serves it: since noon; start the bundle pci");
    }

    @Test
    void anIncomingFlbThatFailedIsCritical() {
        IncomingFlbDTO flb = new IncomingFlbDTO();
        flb.compatible = "pci-v1";
        flb.failure = "EINVAL: unknown version";
        state.incoming = new IncomingFlbDTO[]{flb};

        assertDiagnosis("CRITICAL", "Incoming FLB pci-v1 could not be retrieved: EINVAL: unknown version");
    }

    @Test
    void anIncomingFlbThatWasDetachedIsCritical() {
        IncomingFlbDTO flb = new IncomingFlbDTO();
        flb.compatible = "pci-v1";
        flb.detached = "since noon";
        state.incoming = new IncomingFlbDTO[]{flb};

        assertDiagnosis("CRITICAL", "Incoming FLB pci-v1 has nobody who serves it: since noon");
    }

    @Test
    void aRefusedServiceIsAWarningWithItsReason() {
        RefusedDTO refused = new RefusedDTO();
        refused.kind = "HANDLER";
        refused.compatible = "memfd-v1";
        refused.module = "other 2.0.0";
        refused.errno = "EEXIST";
        refused.reason = "another handler has the string";
        state.refused = new RefusedDTO[]{refused};

        assertDiagnosis("WARN", "HANDLER memfd-v1 of other 2.0.0 was refused, EEXIST: another handler has the string");
    }

    @Test
    void aHandlerWithoutItsFlbsIsAWarning() {
        HandlerDTO handler = new HandlerDTO();
        handler.compatible = "vfio-v1";
        handler.missing = new String[]{"pci-v1", "iommu-v1"};
        state.handlers = new HandlerDTO[]{handler};

        assertDiagnosis("WARN", "Files of handler vfio-v1 cannot be preserved: FLBs pci-v1, iommu-v1 are missing."
                + " Start the bundles that provide them.");
    }

    @Test
    void aSlowCallbackIsAWarning() {
        CallbackDTO callback = new CallbackDTO();
        callback.callback = "freeze";
        callback.kind = "FLB";
        callback.compatible = "pci-v1";
        callback.module = "pci 1.0.0";
        callback.millis = 5000;
        state.callbacks = new CallbackDTO[]{callback};
        assertEquals("OK", diagnosis().getStatus().name());
        callback.slow = true;

        assertDiagnosis("WARN", "freeze of FLB pci-v1 (pci 1.0.0) has been running for 5000 ms.");
    }

    @Test
    void nearlyFullMemoryIsAWarning() {
        state.memory = memory(90);

        assertDiagnosis("WARN", "Handover memory is nearly full: 90 of 100 pages. Raise liveupdate.memory.limit, or"
                + " close sessions.");
    }

    private Result diagnosis() {
        FormattingResultLog log = new FormattingResultLog();
        new Diagnosis(log).of(state);
        return new Result(log);
    }

    private void assertDiagnosis(String status, String sentence) {
        Result result = diagnosis();

        assertEquals(status, result.getStatus().name());
        assertTrue(result.toString().contains(sentence), result::toString);
    }

    private static SessionDTO session(String stateOfItsFile) {
        FileDTO file = new FileDTO();
        file.token = 7;
        file.compatible = "memfd-v1";
        file.state = stateOfItsFile;
        SessionDTO session = new SessionDTO();
        session.name = "vm";
        session.files = new FileDTO[]{file};
        return session;
    }

    private static MemoryDTO memory(long used) {
        MemoryDTO memory = new MemoryDTO();
        memory.usedPages = used;
        memory.limitPages = 100;
        return memory;
    }
}
