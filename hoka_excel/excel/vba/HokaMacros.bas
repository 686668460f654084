Attribute VB_Name = "HokaMacros"
Option Explicit

' What the buttons of a begroting run. Everything else is Python: hoka_excel.excel.macros.

Public Sub HokaAansluiten()
    HokaRun "HokaAansluiten"
End Sub

Public Sub HokaHerberekenen()
    HokaRun "HokaHerberekenen"
End Sub

Public Sub HokaRapport()
    HokaRun "HokaRapport"
End Sub

Public Sub HokaOngedaanMaken()
    HokaRun "HokaOngedaanMaken"
End Sub

Private Sub HokaRun(ByVal macroName As String)
    Dim outcome As Variant
    On Error GoTo failed
    outcome = RunPython("from hoka_excel.excel import desktop; desktop.run('" & macroName & "')")
    If outcome = -1 Then HokaNoPython
    Exit Sub
failed:
    HokaNoPython
End Sub

Private Sub HokaNoPython()
    MsgBox "Python met hoka_excel is niet gevonden, of kon niet starten. Het werkboek is niet gewijzigd." & _
        vbCrLf & vbCrLf & "Installeer Python 3.11 of nieuwer van python.org en voer daarna in een opdrachtvenster uit:" & _
        vbCrLf & "    python -m pip install hoka-excel" & vbCrLf & "    hoka addin install", 48, "HoKa"
End Sub
