' An error value of Python becomes one of Excel, which SUM passes on; a text would be skipped.
Private Function HokaOutcome(ByVal outcome As Variant) As Variant
    HokaOutcome = outcome
    If VarType(outcome) <> 8 Then Exit Function
    Select Case outcome
        Case "#NULL!": HokaOutcome = CVErr(2000)
        Case "#DIV/0!": HokaOutcome = CVErr(2007)
        Case "#VALUE!": HokaOutcome = CVErr(2015)
        Case "#REF!": HokaOutcome = CVErr(2023)
        Case "#NAME?": HokaOutcome = CVErr(2029)
        Case "#NUM!": HokaOutcome = CVErr(2036)
        Case "#N/A": HokaOutcome = CVErr(2042)
    End Select
End Function
